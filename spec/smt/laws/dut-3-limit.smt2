; rule: DUT-3
; given: take
; Nothing is sold above the buyer's limit.
(assert (= stage 0))
(assert (not (<= price limit)))
