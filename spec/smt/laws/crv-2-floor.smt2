; rule: CRV-2
; Before the end the share is the exact one, rounded down.
(declare-const zero-after Int) (assert (> zero-after 0))
(declare-const elapsed Int) (assert (and (>= elapsed 0) (< elapsed zero-after)))
(define-fun share () Int (linear-share zero-after elapsed))
(define-fun exact () Int (* (- zero-after elapsed) RAY))
(assert (not (and (<= (* share zero-after) exact) (< exact (* (+ share 1) zero-after)))))
