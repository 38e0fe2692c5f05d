; rule: DUT-11
; given: closing
; lemma: product-order
; The same of the debt, which is repaid first, as far as it is not repaid in full.
(declare-const lowest Int) (assert (and (<= 0 lowest) (<= lowest price)))
(assert (product-order lowest price bought))
(assert (product-order 0 lowest returned))
(assert (not (<= (- bad-debt (* returned lowest)) (most 0 (- debt (* collateral lowest))))))
