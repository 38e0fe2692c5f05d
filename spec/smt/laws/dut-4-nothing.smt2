; rule: DUT-4
; given: take
; Nothing is sold to who wants less than nothing; nor, where empty sales are refused, to who wants nothing, or at a price of zero.
(assert (= stage 0))
(assert (not (and (>= wanted 0) (=> refuses-empty (and (> wanted 0) (> price 0))))))
