; rule: ENG-5
; given: bid
; show: goods sold standing target min-raise less
; Claim: who wins gets something. What is asked for may shrink to nothing.
(assert (and stands (not same) (= given standing) (< 0 standing)))
(assert (and (= at 5) (= expires 9) (= ends 20)))
(assert (and (= shrunk 0) (= less 0)))
