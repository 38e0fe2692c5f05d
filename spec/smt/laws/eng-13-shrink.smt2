; rule: ENG-13
; rule: ACC-8
; given: bid
; The same after a Shrink: the bid stands as it was, and its new holder has paid it.
(assert (= shrunk 0))
(define-fun escrow () Int (ite stands standing 0))
(define-fun had-paid () Int (ite same standing 0))
(define-fun now () Int (shrink-paid same standing))
(define-fun back () Int (outbid-paid stands same standing))
(assert (not (and (= (+ had-paid now) standing) (= (- (+ escrow now) back) standing) (>= now 0) (>= back 0))))
