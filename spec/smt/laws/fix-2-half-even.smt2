; rule: FIX-2
; given: quotient
; lemma: quotient
; Half even is the nearest whole number, and of two as near the even one.
(define-fun q () Int (half-even-of (* x y) d))
(define-fun off () Int (distance (* 2 q d) (* 2 x y)))
(define-fun n () Int (* x y))
(define-fun f () Int (div n d))
(define-fun twice () Int (+ (* 2 n) d (- 1) (mod f 2)))
(assert (quotient twice (* 2 d) f))
(assert (quotient twice (* 2 d) (+ f 1)))
(assert (quotient twice (* 2 d) (+ f 2)))
(assert (not (and (<= off d) (=> (= off d) (= (mod q 2) 0)))))
