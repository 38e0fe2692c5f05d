; rule: CRV-11
; lemma: product-order
; lemma: quotient
; Between two points the share runs between theirs.
(declare-const t Int)
(declare-const u Int) (assert (< t u))
(declare-const a Int) (assert (<= a RAY))
(declare-const b Int) (assert (and (<= 0 b) (<= b a)))
(declare-const elapsed Int) (assert (and (< t elapsed) (< elapsed u)))
(assert (product-order b a (- u elapsed)))
(assert (product-order b a (- elapsed t)))
(define-fun share () Int (straight-share t a u b elapsed))
(define-fun above () Int (+ (* a (- u elapsed)) (* b (- elapsed t))))
(assert (quotient above (- u t) b))
(assert (quotient above (- u t) (+ a 1)))
(assert (not (and (<= b share) (<= share a))))
