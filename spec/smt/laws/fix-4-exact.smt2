; rule: FIX-4
; lemma: quotient
; One, and any multiple of it, are multiplied without rounding.
(declare-const one Int) (assert (> one 0))
(declare-const x Int)
(assert (quotient (+ (* 2 (* x one)) one) (* 2 one) x))
(assert (quotient (+ (* 2 (* x one)) one) (* 2 one) (+ x 1)))
(assert (not (= (times x one one) x)))
