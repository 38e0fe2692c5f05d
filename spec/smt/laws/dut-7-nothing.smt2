; rule: DUT-7
; given: take
; Where empty sales are refused, a sale that is made buys something, or ends the lot.
(assert (and (= stage 0) refuses-empty))
(assert (not (or (> bought 0) is-end)))
