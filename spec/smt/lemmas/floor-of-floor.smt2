; lemma: product-order
; What is divided by two numbers one after the other, rounded down each time, is their product's quotient rounded down.
(define-fun floor-of-floor ((n Int) (d Int) (e Int)) Bool
  (=> (and (> d 0) (> e 0))
      (and (<= (* (div (div n d) e) (* d e)) n) (< n (* (+ (div (div n d) e) 1) (* d e))))))
; proof
(declare-const n Int) (declare-const d Int) (declare-const e Int)
(assert (product-order (* (div (div n d) e) e) (div n d) d))
(assert (product-order (+ (div n d) 1) (* (+ (div (div n d) e) 1) e) d))
(assert (not (floor-of-floor n d e)))
