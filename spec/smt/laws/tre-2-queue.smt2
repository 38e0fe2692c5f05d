; rule: TRE-2
; rule: TRE-9
; given: treasury
; A loss that a lot books waits in the queue, a reward or a bid repaid with new money does not: the books stay sound, and no more is ready at once for the first.
(declare-const waiting Int) (assert (>= waiting 0))
(declare-const booked Int) (assert (>= booked 0))
(assert (not (and (sound surplus (+ losses waiting booked) (+ queued waiting) on-auction selling)
                  (= (ready-of (+ losses waiting booked) (+ queued waiting) on-auction)
                     (+ (ready-of losses queued on-auction) booked)))))
