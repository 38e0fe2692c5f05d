; rule: ENG-3
; given: bid
; What is asked for of collateral shrinks only once the whole target is bid.
(assert (and (= shrunk 0) (= goods 0)))
(assert (not (= standing target)))
