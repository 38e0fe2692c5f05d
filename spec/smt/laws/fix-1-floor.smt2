; rule: FIX-1
; given: quotient
; Rounded down is the greatest whole number not above the quotient, for negative products too.
(define-fun q () Int (floor-of (* x y) d))
(assert (not (and (<= (* q d) (* x y)) (< (* x y) (* (+ q 1) d)))))
