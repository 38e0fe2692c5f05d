; rule: FIX-4
; lemma: product-order
; lemma: quotient
; Shares times shares are shares: from 0 to 1.
(declare-const one Int) (assert (> one 0))
(declare-const x Int) (assert (and (>= x 0) (<= x one)))
(declare-const by Int) (assert (and (>= by 0) (<= by one)))
(assert (product-order by one x))
(assert (product-order 0 x by))
(assert (quotient (+ (* 2 (* x by)) one) (* 2 one) 0))
(assert (quotient (+ (* 2 (* x by)) one) (* 2 one) (+ one 1)))
(assert (not (and (<= 0 (times x by one)) (<= (times x by one) one))))
