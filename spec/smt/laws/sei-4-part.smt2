; rule: SEI-4
; given: seizure
; Where dust is absorbed, no part below the least debt is seized.
(assert (and (= stage 0) (= dust 2)))
(assert (not (or (= kept shares) (>= (* kept index) min-debt))))
