; rule: FIX-1
; given: quotient
; Rounded up is the least whole number not below the quotient, for negative products too.
(define-fun q () Int (ceil-of (* x y) d))
(assert (not (and (>= (* q d) (* x y)) (> (* x y) (* (- q 1) d)))))
