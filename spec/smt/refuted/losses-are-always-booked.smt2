; rule: DUT-6
; given: sale
; show: collateral target price wanted min-left min-collateral paid bought
; Claim: a minimum of the target alone sees to it that a loss is booked. One unit stays for sale beside a target that it will never raise.
(assert (and (= min-collateral 0) (> min-left 0) (> price 0) (>= collateral 3)))
(assert (and is-made (= bought (- collateral 1))))
(assert (> (- target paid) (* 1000 price)))
