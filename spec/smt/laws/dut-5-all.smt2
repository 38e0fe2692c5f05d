; rule: DUT-5
; given: sale
; Who takes the last collateral pays exactly its price, and the shortfall is not below zero (D6, D7).
(assert is-made)
(assert (= bought collateral))
(assert (not (and (= paid (* collateral price)) (>= (- target (* collateral price)) 0))))
