; rule: SEI-6
; show: a b gross parts whole
; Claim: the targets of the parts of a debt add up to the target of the debt. They are rounded down one by one.
(declare-const a Int) (assert (> a 0))
(declare-const b Int) (assert (> b 0))
(declare-const gross Int) (assert (>= gross WAD))
(define-fun parts () Int (+ (target-of a gross) (target-of b gross)))
(define-fun whole () Int (target-of (+ a b) gross))
(assert (not (= parts whole)))
