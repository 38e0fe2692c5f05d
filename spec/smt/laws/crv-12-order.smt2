; rule: CRV-12
; rule: CRV-1
; lemma: product-order
; Scaled, floored and capped curves fall where the curve in them falls.
(declare-const share Int) (assert (>= share 0))
(declare-const later Int) (assert (and (>= later 0) (<= later share)))
(declare-const by Int) (assert (>= by 0))
(declare-const at Int)
(assert (product-order later share by))
(assert (not (and (<= (scaled-share later by) (scaled-share share by))
                  (<= (floored-share later at) (floored-share share at))
                  (<= (capped-share later at) (capped-share share at)))))
