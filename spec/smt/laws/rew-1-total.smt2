; rule: REW-1
; The reward is the flat sum and target times rate, rounded down, each nothing where it is below zero; of several lots the first alone earns the flat sum.
(declare-const flat Int)
(declare-const rate Int)
(declare-const target Int) (assert (> target 0))
(define-fun first () Int (total-reward flat rate target true))
(define-fun other () Int (total-reward flat rate target false))
(define-fun share () Int (* target (most rate 0)))
(assert (not (and (>= other 0) (= first (+ other (most flat 0)))
                  (<= (* other WAD) share) (< share (* (+ other 1) WAD))
                  (=> (and (<= flat 0) (<= rate 0)) (= first 0)))))
