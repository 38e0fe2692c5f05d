; rule: FIX-2
; given: quotient
; Half up is the nearest whole number, and of two as near the greater.
(define-fun q () Int (half-up-of (* x y) d))
(assert (not (and (<= (* 2 q d) (+ (* 2 x y) d)) (> (* 2 q d) (- (* 2 x y) d)))))
