; rule: DUT-5
; given: sale
; A payment is from nothing to the target (D2).
(assert is-made)
(assert (not (and (<= 0 paid) (<= paid target))))
