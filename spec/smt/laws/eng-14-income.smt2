; rule: ENG-14
; rule: ACC-3
; given: bid
; A bid that is income repays only what it adds to the bid before: all bids together repay what the last one in escrow would.
(assert (and (= goods 0) (= raised 0)))
(declare-const seized Int) (assert (= debt (- seized (repaid-of standing seized)))) (assert (>= seized 0))
(define-fun repaid () Int (repaid-of (- bid standing) debt))
(assert (not (= (+ (repaid-of standing seized) repaid) (repaid-of bid seized))))
