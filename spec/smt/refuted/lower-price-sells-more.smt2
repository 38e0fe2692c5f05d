; rule: DUT-6
; given: sale
; show: collateral target price wanted min-left min-collateral lower bought bought-lower
; Claim: a lower price never shrinks what the same want gets.
(declare-const lower Int) (assert (and (> lower 0) (< lower price)))
(define-fun bought-lower () Int (sale-bought collateral target lower wanted min-left min-collateral))
(assert (and is-made (> (sale-kind collateral target lower wanted min-left min-collateral) 0)))
(assert (< bought-lower bought))
