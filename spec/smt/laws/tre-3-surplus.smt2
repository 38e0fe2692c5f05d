; rule: TRE-3
; rule: TRE-5
; rule: TRE-7
; rule: TRE-8
; rule: TRE-9
; given: treasury
; Surplus is sold only from at least losses + lot + buffer, with no loss ready, by an open treasury, within the limit; the books stay sound.
(declare-const opens Bool)
(declare-const size Int)
(declare-const buffer Int)
(declare-const limit Int)
(assert (= (surplus-stage surplus losses queued on-auction selling opens size buffer limit) 0))
(assert (not (and (>= (- surplus size) (+ losses buffer)) (= (ready-of losses queued on-auction) 0) opens
                  (<= (+ selling size) limit)
                  (sound (- surplus size) losses queued on-auction (+ selling size)))))
