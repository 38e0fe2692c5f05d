; rule: DUT-6
; given: sale
; Wanting everything is never refused, and pays the whole target where it is worth that (D9, D10).
(assert (= wanted collateral))
(assert (not (and is-made (= paid (least target (* collateral price))))))
