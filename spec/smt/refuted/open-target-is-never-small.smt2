; rule: DUT-6
; given: sale
; show: collateral target price wanted min-left min-collateral kind
; Claim: what is left to raise of an open lot is at least the minimum. Not where it was opened below.
(assert (and (< target min-left) (not is-made) (> price 0) (> wanted 0)))
