; rule: DUT-2
; given: take
; A lot that is stale is not sold, and one that is not is not refused for that.
(assert (not (= (= stage 310) stale)))
