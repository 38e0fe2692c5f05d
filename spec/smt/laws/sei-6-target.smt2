; rule: SEI-6
; lemma: product-order
; A target is the debt times one and the penalty, rounded down; under a penalty not below zero never below the debt.
(declare-const debt Int) (assert (>= debt 0))
(declare-const penalty-rate Int) (assert (>= penalty-rate 0))
(define-fun gross () Int (+ WAD penalty-rate))
(define-fun target () Int (target-of debt gross))
(assert (product-order WAD gross debt))
(assert (not (and (>= target debt) (<= (* target WAD) (* debt gross)) (< (* debt gross) (* (+ target 1) WAD)))))
