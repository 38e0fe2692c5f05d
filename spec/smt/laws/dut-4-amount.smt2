; rule: DUT-4
; Never more than all of it is wanted, whether an amount is asked for or a sum is spent.
(declare-const collateral Int) (assert (> collateral 0))
(declare-const price Int) (assert (>= price 0))
(declare-const n Int)
(assert (not (and (<= (wanted-amount n collateral) collateral)
                  (<= (wanted-spend n collateral price) collateral)
                  (<= (wanted-amount n collateral) n))))
