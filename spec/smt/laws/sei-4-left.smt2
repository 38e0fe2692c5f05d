; rule: SEI-4
; given: seizure
; Where dust is refused or absorbed, what is left of the debt is nothing, or at least the least debt.
(assert (and (= stage 0) (not (= dust 0))))
(assert (not (or (= kept shares) (>= (* (- shares kept) index) min-debt))))
