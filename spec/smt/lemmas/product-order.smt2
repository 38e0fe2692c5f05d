; Of two numbers the greater gives no smaller product with one that is not below zero.
(define-fun product-order ((a Int) (b Int) (by Int)) Bool
  (=> (and (<= a b) (<= 0 by)) (<= (* a by) (* b by))))
; proof
(declare-const a Int) (declare-const b Int) (declare-const by Int)
(assert (not (product-order a b by)))
