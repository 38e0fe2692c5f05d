; rule: CRV-2
; rule: CRV-1
; lemma: quotient-order
; A linear share never rises with time.
(declare-const zero-after Int) (assert (> zero-after 0))
(declare-const elapsed Int) (assert (>= elapsed 0))
(declare-const later Int) (assert (>= later elapsed))
(assert (quotient-order (* (- zero-after later) RAY) (* (- zero-after elapsed) RAY) zero-after))
(assert (not (<= (linear-share zero-after later) (linear-share zero-after elapsed))))
