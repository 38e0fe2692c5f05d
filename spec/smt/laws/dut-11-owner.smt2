; rule: DUT-11
; rule: ACC-4
; given: closing
; Debt turns bad, and a target falls short, only where no collateral is returned to the owner.
(assert is-end)
(assert (or (> bad-debt 0) (> shortfall 0)))
(assert (not (= returned 0)))
