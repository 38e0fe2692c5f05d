; rule: CRV-11
; rule: CRV-1
; lemma: product-order
; lemma: quotient-order
; Between two points the share never rises.
(declare-const t Int)
(declare-const u Int) (assert (< t u))
(declare-const a Int)
(declare-const b Int) (assert (and (<= 0 b) (<= b a)))
(declare-const elapsed Int) (assert (< t elapsed))
(declare-const later Int) (assert (and (<= elapsed later) (< later u)))
(assert (product-order elapsed later (- a b)))
(define-fun above ((s Int)) Int (+ (* a (- u s)) (* b (- s t))))
(assert (quotient-order (above later) (above elapsed) (- u t)))
(assert (not (<= (straight-share t a u b later) (straight-share t a u b elapsed))))
