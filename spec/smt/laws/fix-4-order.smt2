; rule: FIX-4
; lemma: product-order
; lemma: quotient-order
; One multiplication keeps order: of two factors the greater never gives less.
(declare-const one Int) (assert (> one 0))
(declare-const x Int)
(declare-const y Int) (assert (<= x y))
(declare-const by Int) (assert (>= by 0))
(assert (product-order x y by))
(assert (quotient-order (+ (* 2 (* x by)) one) (+ (* 2 (* y by)) one) (* 2 one)))
(assert (not (<= (times x by one) (times y by one))))
