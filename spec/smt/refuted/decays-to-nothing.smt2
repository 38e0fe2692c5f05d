; rule: FIX-4
; show: p
; Claim: multiplied again and again by less than one, half up, any number comes to nothing. At a base of 1000, by 0.99, from 1000: nothing above p comes below it.
(declare-const p Int) (assert (and (> p 0) (< p 1000)))
(assert (= (times p 990 1000) p))
(assert (< (times (+ p 1) 990 1000) (+ p 1)))
