; rule: DUT-5
; given: sale
; At one price, what a lot is short of never grows, so that a covered lot stays covered (D21).
(assert is-made)
(assert (not (<= (- (- target paid) (* (- collateral bought) price)) (- target (* collateral price)))))
