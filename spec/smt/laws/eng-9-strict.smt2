; rule: ENG-9
; given: bid
; Under strict edges a bid wins a second later, and at the instant itself one can neither bid nor settle.
(assert stands)
(define-fun end () Int (least expires ends))
(assert (not (and (= (is-won true stands expires ends at) (is-won false stands expires ends (- at 1)))
                  (=> (= at end) (and (not (is-won true stands expires ends at))
                                      (> (closed-stage stands expires ends at) 0))))))
