; rule: DUT-6
; given: sale
; show: collateral target price wanted min-left min-collateral kind
; Claim: nor for the collateral that it would leave, where nothing of the target must be left.
(assert (and (not is-made) (> wanted 0) (> price 0) (= min-left 0)))
