; rule: DUT-6
; given: sale
; A sale meets the target, takes all the collateral, or leaves both minimums (D5).
(assert is-made)
(assert (not (or is-end (and (>= (- target paid) min-left) (>= (- collateral bought) min-collateral)))))
