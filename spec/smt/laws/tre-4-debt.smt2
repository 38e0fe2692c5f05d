; rule: TRE-4
; rule: TRE-6
; rule: TRE-7
; rule: TRE-9
; given: treasury
; A debt auction opens for no more than is ready, without surplus, by an open treasury; the books stay sound.
(declare-const opens Bool)
(declare-const size Int)
(declare-const tokens Int)
(assert (= (debt-stage surplus losses queued on-auction opens size tokens) 0))
(assert (not (and (<= size (ready-of losses queued on-auction)) (= surplus 0) opens
                  (sound surplus losses queued (+ on-auction size) selling))))
