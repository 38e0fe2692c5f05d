; rule: DUT-6
; given: sale
; show: collateral target price wanted min-left min-collateral kind
; Claim: a part of a lot is never refused.
(assert (and (not is-made) (> wanted 0) (> price 0)))
