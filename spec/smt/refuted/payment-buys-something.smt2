; rule: DUT-7
; given: sale
; show: collateral target price wanted min-left min-collateral paid bought
; Claim: whoever pays gets something, by the sale itself. (The rule refuses such a sale where empty sales are refused.)
(assert (and is-made (> paid 0) (= bought 0) (not is-end)))
