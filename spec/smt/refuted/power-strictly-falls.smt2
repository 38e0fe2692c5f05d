; rule: FIX-4
; show: x p
; Claim: a power of less than one strictly falls with the exponent.
(declare-const x Int) (assert (and (> x 0) (< x RAY)))
(declare-const p Int) (assert (and (> p 0) (< p RAY)))
(assert (= (times p x RAY) p))
