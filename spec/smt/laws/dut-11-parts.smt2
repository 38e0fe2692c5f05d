; rule: DUT-11
; rule: ACC-3
; given: closing
; What is paid repays the debt first; only what is paid beyond it is penalty; both are the payment.
(assert (not (and (= (+ repaid penalty) paid) (<= 0 repaid) (<= 0 penalty) (<= repaid debt)
                  (=> (> penalty 0) (= repaid debt)) (<= (+ repaid penalty) target))))
