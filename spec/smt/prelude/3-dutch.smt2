; Dutch: a sale at a falling price, as src/core/Sale.ts and Dutch.ts (spec/05-dutch.md).

; What is wanted (DUT-4).
(define-fun wanted-amount ((amount Int) (collateral Int)) Int (least amount collateral))
(define-fun wanted-spend ((money Int) (collateral Int) (price Int)) Int
  (ite (< money 0) money (ite (> price 0) (least (div money price) collateral) collateral)))

; The kind of sale (DUT-5, DUT-6): 0 none, 1 cut to the target, 2 all or exactly the target,
; 3 as wanted or all but the least collateral, 4 all but the least target.
(define-fun cut-of ((collateral Int) (wanted Int) (min-collateral Int)) Int
  (least wanted (- collateral min-collateral)))
(define-fun sale-kind
  ((collateral Int) (target Int) (price Int) (wanted Int) (min-left Int) (min-collateral Int)) Int
  (let ((owed (* wanted price)) (cut (cut-of collateral wanted min-collateral)))
    (ite (> owed target) 1
    (ite (or (= owed target) (= wanted collateral)) 2
    (ite (and (< cut wanted) (<= cut 0)) 0
    (ite (>= (- target (* cut price)) min-left) 3
    (ite (<= target min-left) 0
    4)))))))
(define-fun sale-paid
  ((collateral Int) (target Int) (price Int) (wanted Int) (min-left Int) (min-collateral Int)) Int
  (let ((kind (sale-kind collateral target price wanted min-left min-collateral)))
    (ite (= kind 1) target
    (ite (= kind 2) (* wanted price)
    (ite (= kind 3) (* (cut-of collateral wanted min-collateral) price)
    (ite (= kind 4) (- target min-left)
    0))))))
(define-fun sale-bought
  ((collateral Int) (target Int) (price Int) (wanted Int) (min-left Int) (min-collateral Int)) Int
  (let ((kind (sale-kind collateral target price wanted min-left min-collateral)))
    (ite (= kind 1) (div target price)
    (ite (= kind 2) wanted
    (ite (= kind 3) (cut-of collateral wanted min-collateral)
    (ite (= kind 4) (div (- target min-left) price)
    0))))))

; Whether a lot is stale (DUT-2): the rule's age and share, the lot's age, its price and start price.
(define-fun stale-from ((strict Bool) (after Int)) Int (ite strict (+ after 1) after))
(define-fun is-stale
  ((strict Bool) (after Int) (below Int) (elapsed Int) (price Int) (start Int)) Bool
  (or (>= elapsed (stale-from strict after)) (< (* price RAY) (* below start))))

; The stage of a take's refusal, or 0 (DUT-2 to DUT-8); without a width.
(define-fun take-stage
  ((stale Bool) (price Int) (limit Int) (refuses-empty Bool) (wanted Int)
   (kind Int) (bought Int) (ends Bool) (at-least Int)) Int
  (ite stale 310
  (ite (> price limit) 320
  (ite (or (< wanted 0) (and refuses-empty (or (= wanted 0) (= price 0)))) 330
  (ite (= kind 0) 350
  (ite (and refuses-empty (= bought 0) (not ends)) 360
  (ite (< bought at-least) 370
  0)))))))

; The start price (DUT-9): -1 where there is none.
(define-fun start-price-of ((market Int) (markup Int)) Int
  (ite (<= market 0) (- 1)
  (let ((start (div (* market markup) RAY))) (ite (> start 0) start (- 1)))))
