; rule: DUT-11
; given: closing
; lemma: product-order
; Bad debt is at most what the debt exceeds the collateral by, at the price that it was sold at; and so is the shortfall.
(assert is-end)
(assert (not (and (<= shortfall (most 0 (- target (* collateral price))))
                  (<= bad-debt (most 0 (- debt (* collateral price)))))))
