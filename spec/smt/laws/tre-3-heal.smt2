; rule: TRE-3
; rule: TRE-4
; rule: TRE-9
; given: treasury
; Nothing is healed beyond the surplus, nor beyond what is ready or on auction; the books stay sound.
(declare-const amount Int)
(declare-const of-auctions Bool)
(assert (= (heal-stage surplus losses queued on-auction amount of-auctions) 0))
(define-fun auctions () Int (ite of-auctions (- on-auction amount) on-auction))
(assert (not (and (<= amount surplus)
                  (<= amount (ite of-auctions on-auction (ready-of losses queued on-auction)))
                  (sound (- surplus amount) (- losses amount) queued auctions selling))))
