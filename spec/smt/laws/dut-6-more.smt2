; rule: DUT-6
; lemma: product-order
; Who wants more never pays less, where there is a sale (D17).
(declare-const c Int) (assert (> c 0))
(declare-const t Int) (assert (> t 0))
(declare-const p Int) (assert (>= p 0))
(declare-const ml Int) (assert (>= ml 0))
(declare-const mc Int) (assert (>= mc 0))
(declare-const a Int) (assert (>= a 0))
(declare-const b Int) (assert (and (<= a b) (<= b c)))
(assert (> (sale-kind c t p a ml mc) 0))
(assert (> (sale-kind c t p b ml mc) 0))
(assert (product-order a b p))
(assert (product-order (cut-of c a mc) (cut-of c b mc) p))
(assert (product-order (cut-of c a mc) a p))
(assert (not (<= (sale-paid c t p a ml mc) (sale-paid c t p b ml mc))))
