; rule: ENG-5
; given: bid
; A Raise bids more than stands, a Shrink asks for less than is sold and not for less than zero; the first bid is above zero.
(assert (not (and (=> (= raised 0) (and (> bid standing) (> bid 0)))
                  (=> (= shrunk 0) (and (< less sold) (>= less 0))))))
