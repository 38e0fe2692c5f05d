; rule: SEI-4
; given: seizure
; show: shares index close-factor penalty-rate dust min-debt in-house in-line kept
; Claim: a target never passes the room. Dust that is absorbed does.
(assert (and (not sliced) (= stage 0) (= close-factor WAD)))
(assert (> (target-of (* kept index) gross) money))
