; rule: DUT-3
; given: take
; At exactly the limit it is not refused for that.
(assert (= limit price))
(assert (not (not (= stage 320))))
