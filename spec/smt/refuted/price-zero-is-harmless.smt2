; rule: DUT-4
; given: take
; show: collateral target price wanted min-left min-collateral paid bought
; Claim: a price of zero is harmless where empty sales are allowed. The whole lot goes for nothing.
(assert (and (= price 0) (not refuses-empty) (not stale) (<= at-least 0) (>= limit 0)))
(assert (and (= stage 0) (= bought collateral) (= paid 0)))
