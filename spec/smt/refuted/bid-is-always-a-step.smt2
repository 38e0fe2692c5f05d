; rule: ENG-6
; given: bid
; show: goods sold standing target reserve min-raise bid
; Claim: every bid raises the one before by the least step. One of exactly the target need not.
(assert (and stands (not same) (= given sold) (< 0 standing) (> min-raise 0)))
(assert (and (= at 5) (= expires 9) (= ends 20)))
(assert (and (= raised 0) (< (* bid WAD) (* (+ WAD min-raise) standing))))
