; rule: CRV-2
; On a linear curve the share is from 0 to 1: one at the start, zero from the end on.
(declare-const zero-after Int) (assert (> zero-after 0))
(declare-const elapsed Int) (assert (>= elapsed 0))
(define-fun share () Int (linear-share zero-after elapsed))
(assert (not (and (<= 0 share) (<= share RAY) (=> (= elapsed 0) (= share RAY))
                  (=> (>= elapsed zero-after) (= share 0)))))
