; rule: DUT-2
; While it is young a lot is stale exactly while its price is below the share of its start price: at exactly that share it is not.
(declare-const strict Bool)
(declare-const after Int)
(declare-const below Int)
(declare-const elapsed Int) (assert (< elapsed after))
(declare-const price Int)
(declare-const start Int)
(assert (not (and (= (is-stale strict after below elapsed price start) (< (* price RAY) (* below start)))
                  (=> (= (* price RAY) (* below start)) (not (is-stale strict after below elapsed price start))))))
