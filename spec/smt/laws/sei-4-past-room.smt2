; rule: SEI-4
; given: seizure
; lemma: floor-of-floor
; lemma: product-order
; Where dust is absorbed past the room, the target exceeds it by at most (least debt - 1) times one and the penalty.
(assert (and (= stage 0) (= dust 2) (> kept part)))
(assert (>= part 0))
(assert (floor-of-floor (* money WAD) index gross))
(assert (product-order part (fit-of money index gross) (* index gross)))
(assert (product-order (* (- shares part) index) (- min-debt 1) gross))
(assert (not (<= (* (target-of (* kept index) gross) WAD) (+ (* money WAD) (* (- min-debt 1) gross)))))
