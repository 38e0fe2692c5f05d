; rule: CRV-12
; lemma: product-order
; A curve scaled by at most one is never above it, a floored one never below its floor, a capped one never above its cap; all from 0 to 1.
(declare-const share Int) (assert (and (>= share 0) (<= share RAY)))
(declare-const by Int) (assert (and (> by 0) (<= by RAY)))
(assert (product-order by RAY share))
(assert (product-order 0 by share))
(assert (not (and (<= 0 (scaled-share share by)) (<= (scaled-share share by) share)
                  (>= (floored-share share by) by) (<= (floored-share share by) RAY)
                  (<= (capped-share share by) by) (<= 0 (capped-share share by)))))
