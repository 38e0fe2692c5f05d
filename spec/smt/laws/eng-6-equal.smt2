; rule: ENG-6
; given: bid
; At exactly a step a bid is not refused for its step.
(assert (or (= (* bid WAD) (* (+ WAD min-raise) standing)) (= (* sold WAD) (* (+ WAD min-raise) less))))
(assert (not (and (=> (= (* bid WAD) (* (+ WAD min-raise) standing)) (not (= raised 460)))
                  (=> (= (* sold WAD) (* (+ WAD min-raise) less)) (not (= shrunk 460))))))
