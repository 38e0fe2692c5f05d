; rule: DUT-5
; rule: ACC-3
; show: target debt paid left
; Claim: conservation alone catches a payment that the target does not cap. It is blind to the sign; the bound at the target is not.
(declare-const target Int) (assert (> target 0))
(declare-const debt Int) (assert (and (> debt 0) (<= debt target)))
(declare-const paid Int)
(define-fun left () Int (- target paid))
(assert (= target (+ (repaid-of paid debt) (penalty-of paid debt) left)))
(assert (> paid target))
