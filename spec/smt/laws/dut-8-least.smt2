; rule: DUT-8
; given: take
; A buyer gets at least what he asked for at least, and at exactly that is not refused for it.
(assert (or (= stage 0) (= at-least bought)))
(assert (not (and (=> (= stage 0) (>= bought at-least)) (=> (= at-least bought) (not (= stage 370))))))
