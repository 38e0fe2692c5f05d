; English: one bid, as src/core/Bid.ts and English.ts (spec/06-english.md); without a width.
; `goods` is 0 for collateral, 1 for surplus, 2 for debt. A lot that nobody bid for has no expiry: `stands` is false.

(define-fun step-enough ((min-raise Int) (less Int) (more Int)) Bool
  (>= (* more WAD) (* (+ WAD min-raise) less)))

; Why no bid may come now (ENG-1), or 0.
(define-fun closed-stage ((stands Bool) (expires Int) (ends Int) (at Int)) Int
  (ite (and stands (>= at expires)) 400 (ite (>= at ends) 410 0)))

; The stage of a bid's refusal, or 0: a higher bid for all (ENG-1, ENG-2, ENG-4 to ENG-7).
(define-fun raise-stage
  ((goods Int) (stands Bool) (expires Int) (ends Int) (at Int) (sold Int) (standing Int) (target Int)
   (reserve Int) (min-raise Int) (bid Int) (given-sold Int)) Int
  (let ((closed (closed-stage stands expires ends at)))
    (ite (= goods 2) 220
    (ite (> closed 0) closed
    (ite (not (= given-sold sold)) 420
    (ite (and (= goods 0) (> bid target)) 440
    (ite (<= bid standing) 450
    (ite (and (not (step-enough min-raise standing bid)) (not (and (= goods 0) (= bid target)))) 460
    (ite (< bid reserve) 470
    0)))))))))

; The same bid for less (ENG-1 to ENG-3, ENG-5, ENG-6).
(define-fun shrink-stage
  ((goods Int) (stands Bool) (expires Int) (ends Int) (at Int) (sold Int) (standing Int) (target Int)
   (min-raise Int) (given-bid Int) (less Int)) Int
  (let ((closed (closed-stage stands expires ends at)))
    (ite (= goods 1) 220
    (ite (> closed 0) closed
    (ite (not (= given-bid standing)) 420
    (ite (and (= goods 0) (not (= given-bid target))) 430
    (ite (or (>= less sold) (< less 0)) 450
    (ite (not (step-enough min-raise less sold)) 460
    0))))))))

; What a bidder pays now, and what the one before gets back (ENG-13).
(define-fun raise-paid ((same Bool) (standing Int) (bid Int)) Int (ite same (- bid standing) bid))
(define-fun shrink-paid ((same Bool) (standing Int)) Int (ite same 0 standing))
(define-fun outbid-paid ((stands Bool) (same Bool) (standing Int)) Int
  (ite (and stands (not same)) standing 0))

; What money repays (ACC-3).
(define-fun repaid-of ((money Int) (debt Int)) Int (least money debt))
(define-fun penalty-of ((money Int) (debt Int)) Int (- money (repaid-of money debt)))

; The ends (ENG-8), the reserve (ENG-7), a win (ENG-9), what a restart sells (ENG-10).
(define-fun extended-end ((ends Int) (hard-ends Int) (at Int) (by Int)) Int
  (most ends (least (+ at by) hard-ends)))
(define-fun reserve-of ((share Int) (sold Int) (target Int) (market Int)) Int
  (ite (<= share 0) 0 (least target (ceil-of (* sold market share) RAY))))
(define-fun is-won ((strict Bool) (stands Bool) (expires Int) (ends Int) (at Int)) Bool
  (let ((end (least expires ends))) (and stands (ite strict (> at end) (>= at end)))))
(define-fun restart-sold ((goods Int) (sold Int) (growth Int)) Int
  (ite (= goods 2) (div (* sold (+ WAD growth)) WAD) sold))
