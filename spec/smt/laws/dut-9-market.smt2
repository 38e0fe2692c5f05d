; rule: DUT-9
; lemma: product-order
; Under a markup of at least one there is a start price, at or above the market price.
(declare-const market Int) (assert (> market 0))
(declare-const markup Int) (assert (>= markup RAY))
(assert (product-order RAY markup market))
(assert (not (>= (start-price-of market markup) market)))
