; rule: ENG-13
; rule: ACC-8
; given: bid
; After a Raise the bidder has paid his bid in all, and whoever is outbid has got back what he paid: escrow holds the bid that stands.
(assert (= raised 0))
(define-fun escrow () Int (ite stands standing 0))
(define-fun had-paid () Int (ite same standing 0))
(assert (=> (not stands) (= standing 0)))
(define-fun now () Int (raise-paid same standing bid))
(define-fun back () Int (outbid-paid stands same standing))
(assert (not (and (= (+ had-paid now) bid) (= back (ite same 0 (ite stands standing 0)))
                  (= (- (+ escrow now) back) bid) (>= now 0))))
