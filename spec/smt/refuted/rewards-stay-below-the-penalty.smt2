; rule: REW-5
; show: flat rate target debt rewarded reward
; Claim: without a limit too, the rewards of a lot stay below its penalty.
(declare-const flat Int) (assert (>= flat 0))
(declare-const rate Int) (assert (>= rate 0))
(declare-const target Int) (assert (> target 0))
(declare-const debt Int) (assert (and (> debt 0) (<= debt target)))
(declare-const rewarded Int) (assert (and (>= rewarded 0) (<= rewarded (- target debt))))
(define-fun reward () Int (earned-of flat rate false target debt rewarded true))
(assert (> (+ rewarded reward) (- target debt)))
