; rule: FIX-2
; given: quotient
; lemma: multiples-apart
; What is off by at most half of the divisor is the nearest: no other whole number is nearer to the quotient.
(declare-const q Int) (assert (<= (distance (* 2 q d) (* 2 x y)) d))
(declare-const k Int)
(assert (multiples-apart q k d))
(assert (not (<= (distance (* q d) (* x y)) (distance (* k d) (* x y)))))
