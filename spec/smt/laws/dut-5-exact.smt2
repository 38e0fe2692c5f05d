; rule: DUT-5
; given: sale
; What is paid is at least what was bought times the price, and less than one unit more costs (D4).
(assert is-made)
(assert (not (and (<= (* bought price) paid)
                  (or (= paid (* bought price)) (< paid (* (+ bought 1) price))))))
