; rule: DUT-6
; given: sale
; Who is refused met neither end, and the collateral is not above its minimum or the target not above its own.
(assert (not is-made))
(assert (not (and (< wanted collateral) (< (* wanted price) target)
                  (or (<= collateral min-collateral) (<= target min-left)))))
