; rule: TRE-9
; given: treasury
; A debt auction that stops makes its loss ready again, as far as it has not been healed; one whose bid was income books that anew.
(declare-const bid Int) (assert (>= bid 0))
(declare-const refunded Bool)
(define-fun auctions () Int (ite refunded on-auction (- on-auction (least bid on-auction))))
(define-fun lost () Int (ite refunded (+ losses bid) losses))
(assert (not (and (sound surplus lost queued auctions selling)
                  (>= (ready-of lost queued auctions) (ready-of losses queued on-auction)))))
