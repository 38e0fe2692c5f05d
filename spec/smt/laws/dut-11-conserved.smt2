; rule: DUT-11
; given: closing
; Debt, target and collateral are each what went and what is left.
(assert (not (and (= debt (+ repaid bad-debt)) (= target (+ repaid penalty shortfall))
                  (= collateral (+ bought returned)) (<= 0 bad-debt) (<= 0 shortfall) (<= 0 returned))))
