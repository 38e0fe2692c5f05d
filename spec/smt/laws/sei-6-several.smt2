; rule: SEI-6
; The targets of parts together are never above the target of the whole, and less than a unit a part below it.
(declare-const a Int) (assert (>= a 0))
(declare-const b Int) (assert (>= b 0))
(declare-const gross Int) (assert (> gross 0))
(define-fun parts () Int (+ (target-of a gross) (target-of b gross)))
(define-fun whole () Int (target-of (+ a b) gross))
(assert (not (and (<= parts whole) (<= whole (+ parts 1)))))
