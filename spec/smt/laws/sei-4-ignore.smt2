; rule: SEI-4
; given: seizure
; Where dust is ignored nothing is refused for it; and what is refused or ignored changes nothing of what is seized.
(assert (not (= dust 2)))
(assert (not (and (=> (= dust 0) (= stage 0)) (= kept part))))
