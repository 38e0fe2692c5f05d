; Fixed: numbers and their roundings, as src/core/Fixed.ts computes them (spec/01-fixed.md).
; `div` of SMT-LIB is the floor where the divisor is above zero, as everywhere here.

(define-fun WAD () Int 1000000000000000000)
(define-fun RAY () Int 1000000000000000000000000000)
(define-fun MAX-UINT256 () Int 115792089237316195423570985008687907853269984665640564039457584007913129639935)

(define-fun least ((a Int) (b Int)) Int (ite (< a b) a b))
(define-fun most ((a Int) (b Int)) Int (ite (> a b) a b))
(define-fun distance ((a Int) (b Int)) Int (ite (< a b) (- b a) (- a b)))

(define-fun floor-of ((n Int) (d Int)) Int (div n d))
(define-fun ceil-of ((n Int) (d Int)) Int (- (div (- n) d)))
(define-fun half-up-of ((n Int) (d Int)) Int (div (+ (* 2 n) d) (* 2 d)))
(define-fun half-even-of ((n Int) (d Int)) Int
  (div (+ (* 2 n) d (- 1) (mod (div n d) 2)) (* 2 d)))

; The division of a bigint, which goes towards zero; and how the code makes a floor of it.
(define-fun towards-zero ((n Int) (d Int)) Int (ite (>= n 0) (div n d) (- (div (- n) d))))
(define-fun complement ((n Int)) Int (- (- n) 1))
(define-fun floor-in-code ((n Int) (d Int)) Int
  (ite (< n 0) (complement (towards-zero (complement n) d)) (towards-zero n d)))

; One multiplication of a power, half up; `one` stands for a Ray, or for a smaller base in an example.
(define-fun times ((a Int) (b Int) (one Int)) Int (half-up-of (* a b) one))
