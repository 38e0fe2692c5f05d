; rule: ENG-2
; given: bid
; A Raise names exactly what is sold, a Shrink exactly the bid that stands.
(assert (not (and (=> (= raised 0) (= given sold)) (=> (= shrunk 0) (= given standing)))))
