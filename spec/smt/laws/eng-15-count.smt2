; rule: ENG-15
; given: bid
; Each bid for collateral brings what is left of target and lot down by one at least, and never below nothing: so there are at most target + lot bids.
(assert (= goods 0))
(define-fun before-it () Int (+ (- target standing) sold))
(assert (not (and (=> (= raised 0) (and (<= (+ (- target bid) sold) (- before-it 1)) (>= (+ (- target bid) sold) 0)))
                  (=> (= shrunk 0) (and (<= (+ (- target standing) less) (- before-it 1)) (>= (+ (- target standing) less) 0))))))
