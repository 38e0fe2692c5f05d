; rule: DUT-6
; given: sale
; lemma: product-order
; A sale is the largest that leaves both minimums: no greater payment is admissible (D14).
(declare-const other Int)
(assert is-made)
(assert (and (<= other target) (<= other (* wanted price))))
(assert (or (= other target)
            (and (= other (* wanted price)) (= wanted collateral))
            (and (>= (- target other) min-left) (<= min-collateral collateral)
                 (<= other (* (- collateral min-collateral) price)))))
(assert (product-order wanted (- collateral min-collateral) price))
(assert (not (<= other paid)))
