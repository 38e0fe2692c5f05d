; rule: DUT-5
; given: sale
; show: collateral target price wanted min-left min-collateral paid bought
; Claim: what is paid is exactly what was bought times the price.
(assert (and is-made (not (= paid (* bought price)))))
