; rule: DUT-9
; A start price is the market price times the markup, rounded down, and above zero; there is none without a market price above zero.
(declare-const market Int)
(declare-const markup Int)
(define-fun start () Int (start-price-of market markup))
(assert (not (and (=> (<= market 0) (= start (- 1)))
                  (=> (>= start 0)
                      (and (> start 0) (<= (* start RAY) (* market markup))
                           (< (* market markup) (* (+ start 1) RAY)))))))
