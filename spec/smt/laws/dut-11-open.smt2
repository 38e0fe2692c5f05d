; rule: DUT-11
; given: closing
; A lot that a sale does not end has something left to raise and something left to sell.
(assert (not is-end))
(assert (not (and (> shortfall 0) (> returned 0))))
