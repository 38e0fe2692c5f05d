; rule: DUT-6
; given: sale
; Leaving exactly the minimums needs no cut.
(assert (< (* wanted price) target))
(assert (= (- collateral wanted) min-collateral))
(assert (= (- target (* wanted price)) min-left))
(assert (not (and is-made (= bought wanted) (= paid (* wanted price)))))
