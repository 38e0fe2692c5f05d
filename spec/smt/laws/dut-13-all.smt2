; rule: DUT-13
; given: take
; Where a lot sells, at a price above zero, whoever sets no limit and wants all of it gets a sale, and that ends the lot.
(assert (and (not stale) (> price 0) (= wanted collateral) (<= price limit) (<= at-least 0)))
(assert (not (and (= stage 0) is-end)))
