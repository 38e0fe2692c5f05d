; rule: ENG-4
; given: bid
; No bid for collateral is above the target; bids for surplus have no limit.
(assert (not (and (=> (and (= raised 0) (= goods 0)) (<= bid target)) (=> (= goods 1) (not (= raised 440))))))
