; rule: CRV-2
; show: zero-after elapsed start price
; Claim: the price of a linear curve is the exact one, rounded down once.
(declare-const zero-after Int) (assert (= zero-after 3))
(declare-const elapsed Int) (assert (= elapsed 1))
(declare-const start Int) (assert (and (> start 0) (< start 10)))
(define-fun price () Int (price-of start (linear-share zero-after elapsed)))
(assert (< price (div (* start (- zero-after elapsed)) zero-after)))
