; rule: ENG-9
; given: bid
; show: expires ends at sold standing target
; Claim: under strict edges too, at every instant one can bid or settle.
(assert (and stands (= goods 0) (> standing 0) (> at 0) (> expires 0) (> ends 0)))
(assert (and (not (is-won true stands expires ends at)) (> (closed-stage stands expires ends at) 0)))
