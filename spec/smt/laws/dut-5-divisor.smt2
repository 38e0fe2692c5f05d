; rule: DUT-5
; given: sale
; Every branch that divides has a price above zero (D1).
(assert (or (= kind 1) (= kind 4)))
(assert (not (> price 0)))
