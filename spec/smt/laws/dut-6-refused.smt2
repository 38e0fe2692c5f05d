; rule: DUT-6
; given: sale
; A part is refused only where no payment above zero would leave both minimums (D15).
(declare-const other Int) (assert (> other 0))
(assert (not is-made))
(assert (and (<= other target) (<= other (* wanted price))))
(assert (not (not (or (= other target)
                      (and (= other (* wanted price)) (= wanted collateral))
                      (and (>= (- target other) min-left) (<= min-collateral collateral)
                           (<= other (* (- collateral min-collateral) price)))))))
