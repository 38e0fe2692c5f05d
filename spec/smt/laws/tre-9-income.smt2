; rule: TRE-9
; given: treasury
; What comes in, from elsewhere, from a lot, from a cancel or from a debt auction, keeps the books sound.
(declare-const income Int) (assert (>= income 0))
(assert (not (sound (+ surplus income) losses queued on-auction selling)))
