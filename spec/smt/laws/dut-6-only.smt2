; rule: DUT-6
; given: sale
; lemma: product-order
; Whatever pays the most that is admissible, and buys the most that this pays for, is this sale (uniqueness, D14 and D16).
(declare-const other-paid Int)
(declare-const other-bought Int)
(assert (and is-made (> price 0)))
(define-fun had-for ((money Int)) Int
  (ite (or (= money target) (= wanted collateral)) wanted (least wanted (- collateral min-collateral))))
(assert (= other-paid paid))
(assert (<= (* other-bought price) other-paid))
(assert (<= other-bought (had-for other-paid)))
(assert (or (= other-bought (had-for other-paid)) (> (* (+ other-bought 1) price) other-paid)))
(assert (product-order (+ bought 1) other-bought price))
(assert (product-order (+ other-bought 1) bought price))
(assert (not (= other-bought bought)))
