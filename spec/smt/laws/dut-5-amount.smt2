; rule: DUT-5
; given: sale
; What is bought is from nothing to what is wanted (D3).
(assert is-made)
(assert (not (and (<= 0 bought) (<= bought wanted))))
