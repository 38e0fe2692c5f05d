; rule: ENG-7
; given: bid
; No bid of a lot is below its reserve.
(assert (= raised 0))
(assert (not (>= bid reserve)))
