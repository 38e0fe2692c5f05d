; rule: TRE-2
; given: treasury
; An entry of the queue matures after its wait, and no more than is queued; the books stay sound.
(declare-const amount Int)
(declare-const queued-at Int)
(declare-const wait Int)
(declare-const at Int)
(assert (= (mature-stage queued amount queued-at wait at) 0))
(assert (not (and (> amount 0) (<= (+ queued-at wait) at) (<= amount queued)
                  (sound surplus losses (- queued amount) on-auction selling))))
