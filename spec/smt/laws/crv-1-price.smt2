; rule: CRV-1
; lemma: product-order
; Where the share does not rise the price does not, and a share of at most one never passes the start price.
(declare-const start Int) (assert (>= start 0))
(declare-const share Int) (assert (and (>= share 0) (<= share RAY)))
(declare-const later Int) (assert (<= later share))
(assert (product-order later share start))
(assert (product-order share RAY start))
(assert (not (and (<= (price-of start later) (price-of start share)) (<= (price-of start share) start))))
