; rule: ENG-1
; given: bid
; A bid comes before the standing bid expires, if one stands, and before the lot ends: at either instant it is too late.
(assert (or (= raised 0) (= shrunk 0)))
(assert (not (and (< at ends) (=> stands (< at expires)))))
