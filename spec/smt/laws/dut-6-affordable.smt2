; rule: DUT-6
; given: sale
; What is bought is the most that the payment buys, of what may be had (D16).
(assert is-made)
(define-fun may-be-had () Int
  (ite (or (= paid target) (= wanted collateral)) wanted (least wanted (- collateral min-collateral))))
(assert (not (and (<= bought may-be-had)
                  (or (= bought may-be-had) (> (* (+ bought 1) price) paid)))))
