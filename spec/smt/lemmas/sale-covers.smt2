; A sale pays at least what it buys is worth, at most the target, and buys at most what is wanted (D2 to D4).
(define-fun sale-covers ((c Int) (t Int) (p Int) (w Int) (ml Int) (mc Int)) Bool
  (=> (and (> c 0) (> t 0) (>= p 0) (>= w 0) (<= w c) (>= ml 0) (>= mc 0))
      (and (<= (* (sale-bought c t p w ml mc) p) (sale-paid c t p w ml mc))
           (<= (sale-paid c t p w ml mc) t) (<= 0 (sale-bought c t p w ml mc))
           (<= (sale-bought c t p w ml mc) w))))
; proof
(declare-const c Int) (declare-const t Int) (declare-const p Int)
(declare-const w Int) (declare-const ml Int) (declare-const mc Int)
(assert (not (sale-covers c t p w ml mc)))
