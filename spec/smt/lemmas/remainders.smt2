; lemma: product-order
; Three shares by weight, each rounded down: their remainders add up to what is left over times all the weight, and that is two at most.
(define-fun remainders ((whole Int) (v Int) (w Int) (x Int)) Bool
  (let ((total (+ v w x)))
  (let ((left (- whole (div (* whole v) total) (div (* whole w) total) (div (* whole x) total))))
  (=> (and (>= v 0) (>= w 0) (>= x 0) (> total 0))
      (and (= (* left total) (+ (mod (* whole v) total) (mod (* whole w) total) (mod (* whole x) total)))
           (<= 0 left) (<= left 2))))))
; proof
(declare-const whole Int) (declare-const v Int) (declare-const w Int) (declare-const x Int)
(define-fun total () Int (+ v w x))
(define-fun left () Int (- whole (div (* whole v) total) (div (* whole w) total) (div (* whole x) total)))
(assert (product-order 3 left total))
(assert (product-order left (- 1) total))
(assert (not (remainders whole v w x)))
