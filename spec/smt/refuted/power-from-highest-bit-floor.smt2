; rule: FIX-4
; show: x p581 p582
; Claim: the same, where every product is rounded down, at a Ray: a cut of 0.9 from 581 to 582.
(declare-const x Int) (assert (= x 900000000000000000000000000))
(define-fun sq ((a Int)) Int (floor-of (* a a) RAY))
(define-fun by-x ((a Int)) Int (floor-of (* a x) RAY))
(define-fun p145 () Int (by-x (sq (sq (sq (sq (by-x (sq (sq (sq x))))))))))
(define-fun p290 () Int (sq p145))
(define-fun p581 () Int (by-x (sq p290)))
(define-fun p582 () Int (sq (by-x (sq p145))))
(assert (> p582 p581))
