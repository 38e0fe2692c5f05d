; rule: DUT-7
; given: sale
; Something wanted at a price costs something, unless all but nothing of the target is to be left (D8).
(assert is-made)
(assert (and (> price 0) (> wanted 0)))
(assert (not (>= paid 1)))
