; rule: DUT-2
; The product of the price cannot pass a word: it is at most the one that the price was divided from.
(declare-const start Int) (assert (>= start 0))
(declare-const share Int) (assert (>= share 0))
(assert (<= (* start share) MAX-UINT256))
(assert (not (and (<= 0 (* (price-of start share) RAY)) (<= (* (price-of start share) RAY) MAX-UINT256))))
