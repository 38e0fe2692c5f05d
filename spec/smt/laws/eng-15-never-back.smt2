; rule: ENG-15
; given: bid
; A bid never falls and what is sold never rises; once collateral shrinks, no Raise is possible any more.
(assert (not (and (=> (= raised 0) (>= bid standing)) (=> (= shrunk 0) (<= less sold))
                  (=> (and (= goods 0) (= standing target)) (not (= raised 0))))))
