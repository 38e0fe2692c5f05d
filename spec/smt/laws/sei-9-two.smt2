; rule: SEI-9
; lemma: remainders
; The parts of two add up to the whole, none is a whole share off, and what weighs nothing takes nothing.
(declare-const whole Int) (assert (>= whole 0))
(declare-const v Int) (assert (>= v 0))
(declare-const w Int) (assert (>= w 0))
(define-fun total () Int (+ v w 0)) (assert (> total 0))
(define-fun a () Int (div (* whole v) total))
(define-fun b () Int (div (* whole w) total))
(define-fun r () Int (mod (* whole v) total))
(define-fun s () Int (mod (* whole w) total))
(define-fun left () Int (- whole a b))
(assert (remainders whole v w 0))
(define-fun first () Int (with-left a (before s r false) left))
(define-fun second () Int (with-left b (before r s true) left))
(assert (not (and (= (+ first second) whole) (<= a first) (<= first (+ a 1)) (<= b second) (<= second (+ b 1))
                  (=> (= v 0) (= first 0)) (=> (= w 0) (= second 0)))))
