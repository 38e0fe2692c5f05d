; rule: SEI-3
; given: seizure
; lemma: floor-of-floor
; No fewer shares are seized than fit: where what fits is the limit, one more would pass the money.
(assert (floor-of-floor (* money WAD) index gross))
(assert (= part (fit-of money index gross)))
(assert (not (> (* (+ part 1) (* index gross)) (* money WAD))))
