; rule: ENG-9
; given: bid
; Where somebody's bid stands, at every instant either bidding is open or the bid has won; under half-open edges never both, nor neither.
(assert stands)
(assert (not (= (is-won false stands expires ends at) (> (closed-stage stands expires ends at) 0))))
