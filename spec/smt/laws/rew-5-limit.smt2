; rule: REW-5
; Where rewards are limited to the penalty, those of a lot together never exceed what it is to bring in beyond its debt, and none is below nothing.
(declare-const flat Int)
(declare-const rate Int)
(declare-const target Int) (assert (> target 0))
(declare-const debt Int) (assert (and (>= debt 0) (<= debt target)))
(declare-const rewarded Int) (assert (>= rewarded 0))
(declare-const first Bool)
(define-fun reward () Int (earned-of flat rate true target debt rewarded first))
(assert (not (and (>= reward 0) (<= (+ rewarded reward) (most rewarded (- target debt))))))
