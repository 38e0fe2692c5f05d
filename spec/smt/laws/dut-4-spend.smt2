; rule: DUT-4
; What a sum buys costs no more than the sum; one unit more would, unless there is no more.
(declare-const collateral Int) (assert (> collateral 0))
(declare-const price Int) (assert (> price 0))
(declare-const money Int) (assert (>= money 0))
(define-fun wants () Int (wanted-spend money collateral price))
(assert (not (and (<= 0 wants) (<= (* wants price) money)
                  (or (= wants collateral) (> (* (+ wants 1) price) money)))))
