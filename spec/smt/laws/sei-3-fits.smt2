; rule: SEI-3
; given: seizure
; lemma: floor-of-floor
; lemma: product-order
; The target of the shares that fit is at most the money that the cap leaves of the room.
(assert (floor-of-floor (* money WAD) index gross))
(assert (product-order part (fit-of money index gross) (* index gross)))
(assert (not (<= (target-of (* part index) gross) money)))
