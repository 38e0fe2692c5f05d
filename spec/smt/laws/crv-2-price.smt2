; rule: CRV-2
; lemma: product-order
; lemma: quotient
; A price that is rounded down twice is never above one that is rounded down once.
(declare-const zero-after Int) (assert (> zero-after 0))
(declare-const elapsed Int) (assert (and (>= elapsed 0) (< elapsed zero-after)))
(declare-const start Int) (assert (>= start 0))
(define-fun share () Int (linear-share zero-after elapsed))
(define-fun twice () Int (price-of start share))
(assert (product-order (* share zero-after) (* (- zero-after elapsed) RAY) start))
(assert (product-order (* twice RAY) (* start share) zero-after))
(assert (quotient (* start (- zero-after elapsed)) zero-after twice))
(assert (not (<= twice (div (* start (- zero-after elapsed)) zero-after))))
