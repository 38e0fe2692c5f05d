; rule: DUT-2
; A lot is stale from `after` seconds on; under strict edges only after that second.
(declare-const after Int) (assert (>= after 0))
(declare-const below Int)
(declare-const elapsed Int)
(declare-const price Int)
(declare-const start Int)
(assert (>= (* price RAY) (* below start)))
(assert (not (and (= (is-stale false after below elapsed price start) (>= elapsed after))
                  (= (is-stale true after below elapsed price start) (> elapsed after)))))
