; rule: ENG-6
; given: bid
; A bid makes a whole step, exactly and without rounding, or reaches the target.
(assert (not (and (=> (= raised 0)
                      (or (>= (* bid WAD) (* (+ WAD min-raise) standing)) (and (= goods 0) (= bid target))))
                  (=> (= shrunk 0) (>= (* sold WAD) (* (+ WAD min-raise) less))))))
