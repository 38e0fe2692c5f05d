; rule: HOU-7
; One step keeps money in flight the sum of the open targets: an opening, a sale, a bid, a close, a cancel.
(declare-const others Int)
(declare-const target Int)
(declare-const in-flight Int) (assert (= in-flight (+ others target)))
(declare-const opened Int)
(declare-const repaid Int)
(declare-const penalty Int)
(define-fun left () Int (- target repaid penalty))
(assert (not (and (= (+ in-flight opened) (+ others target opened))
                  (= (- in-flight repaid penalty) (+ others left))
                  (= (- in-flight repaid penalty left) others)
                  (= (- in-flight target) others))))
