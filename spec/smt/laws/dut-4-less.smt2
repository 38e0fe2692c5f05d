; rule: DUT-4
; Spending less than nothing is wanting less than nothing, whatever the price.
(declare-const collateral Int) (assert (> collateral 0))
(declare-const price Int) (assert (>= price 0))
(declare-const money Int) (assert (< money 0))
(assert (not (< (wanted-spend money collateral price) 0)))
