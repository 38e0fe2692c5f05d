; rule: TRE-7
; given: treasury
; A treasury that is closed opens no auctions.
(declare-const size Int)
(declare-const buffer Int)
(declare-const limit Int)
(declare-const tokens Int)
(assert (not (and (not (= (surplus-stage surplus losses queued on-auction selling false size buffer limit) 0))
                  (not (= (debt-stage surplus losses queued on-auction false size tokens) 0)))))
