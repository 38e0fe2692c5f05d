; rule: DUT-5
; given: sale
; Where it meets no minimum, a sale of the wanted amount costs that times the price, or the target if that is less.
(assert (and (= min-left 0) (= min-collateral 0)))
(assert (not (and is-made (= paid (least (* wanted price) target)))))
