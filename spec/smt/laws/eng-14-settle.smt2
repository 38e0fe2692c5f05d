; rule: ENG-14
; rule: ACC-3
; given: bid
; A bid in escrow repays the debt first when the lot settles, and what it left of the debt and of the target is bad and short.
(assert (= goods 0))
(define-fun repaid () Int (repaid-of standing debt))
(define-fun penalty () Int (penalty-of standing debt))
(assert (not (and (= (+ repaid penalty) standing) (<= 0 repaid) (<= 0 penalty) (<= repaid debt)
                  (=> (> penalty 0) (= repaid debt)) (>= (- target standing) (- debt repaid)))))
