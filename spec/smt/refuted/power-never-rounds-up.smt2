; rule: FIX-3
; show: x squared
; Claim: a power is never more than the exact one.
(declare-const x Int) (assert (and (> x 0) (< x RAY)))
(define-fun squared () Int (times x x RAY))
(assert (> (* squared RAY) (* x x)))
