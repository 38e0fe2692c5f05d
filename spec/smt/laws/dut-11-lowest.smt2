; rule: DUT-11
; given: closing
; lemma: product-order
; At the lowest price of all sales, what a lot is short of never grows by a sale: the step of the bound on a whole auction.
(declare-const lowest Int) (assert (and (<= 0 lowest) (<= lowest price)))
(assert (product-order lowest price bought))
(assert (not (<= (- shortfall (* returned lowest)) (- target (* collateral lowest)))))
