; rule: FIX-4
; lemma: product-order
; lemma: quotient
; A power times a share of at most one is never more than the power.
(declare-const one Int) (assert (> one 0))
(declare-const x Int) (assert (>= x 0))
(declare-const by Int) (assert (and (>= by 0) (<= by one)))
(assert (product-order by one x))
(assert (quotient (+ (* 2 (* x by)) one) (* 2 one) (+ x 1)))
(assert (not (<= (times x by one) x)))
