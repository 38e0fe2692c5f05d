; rule: TRE-1
; given: treasury
; What is healed is above zero, and no terms count below it.
(declare-const amount Int)
(declare-const of-auctions Bool)
(declare-const opens Bool)
(declare-const size Int)
(declare-const buffer Int)
(declare-const limit Int)
(declare-const tokens Int)
(assert (not (and (=> (= (heal-stage surplus losses queued on-auction amount of-auctions) 0) (> amount 0))
                  (=> (= (surplus-stage surplus losses queued on-auction selling opens size buffer limit) 0)
                      (and (>= size 0) (>= buffer 0)))
                  (=> (= (debt-stage surplus losses queued on-auction opens size tokens) 0)
                      (and (>= size 0) (>= tokens 0))))))
