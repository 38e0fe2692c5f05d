; rule: SEI-9
; show: whole v w first second
; Claim: no asset takes more shares than its value is of all, rounded down. One may take one more.
(declare-const whole Int) (assert (= whole 10))
(declare-const v Int) (assert (and (> v 0) (<= v 5)))
(declare-const w Int) (assert (and (> w 0) (<= w 5)))
(define-fun a () Int (div (* whole v) (+ v w)))
(define-fun b () Int (div (* whole w) (+ v w)))
(define-fun r () Int (mod (* whole v) (+ v w)))
(define-fun s () Int (mod (* whole w) (+ v w)))
(define-fun first () Int (with-left a (before s r false) (- whole a b)))
(define-fun second () Int (with-left b (before r s true) (- whole a b)))
(assert (> first a))
