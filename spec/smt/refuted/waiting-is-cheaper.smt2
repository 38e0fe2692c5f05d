; rule: DUT-6
; given: sale
; show: collateral target price wanted min-left min-collateral lower paid bought paid-lower bought-lower
; Claim: who waits for a lower price never pays more for a unit.
(assert (and (= collateral 10) (= target 40) (= wanted 9) (= price 5) (= min-collateral 0)))
(declare-const lower Int) (assert (and (> lower 0) (< lower price)))
(define-fun paid-lower () Int (sale-paid collateral target lower wanted min-left min-collateral))
(define-fun bought-lower () Int (sale-bought collateral target lower wanted min-left min-collateral))
(assert (and is-made (> (sale-kind collateral target lower wanted min-left min-collateral) 0)))
(assert (and (> bought-lower 0) (> (* paid-lower bought) (* paid bought-lower))))
