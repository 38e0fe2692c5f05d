; rule: FIX-4
; show: x p13 p14
; Claim: powers made from the highest bit never rise with the exponent. Half up, at a base of 23.
(declare-const x Int) (assert (and (> x 18) (< x 23)))
(define-fun sq ((a Int)) Int (times a a 23))
(define-fun by-x ((a Int)) Int (times a x 23))
(define-fun p13 () Int (by-x (sq (sq (by-x (sq x))))))
(define-fun p14 () Int (sq (by-x (sq (by-x (sq x))))))
(assert (> p14 p13))
