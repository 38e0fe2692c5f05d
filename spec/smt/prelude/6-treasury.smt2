; Treasury and Reward: as src/core/Treasury.ts and Reward.ts (spec/09-treasury.md, spec/13-reward.md); without a width.

; What holds in every state of a treasury (TRE-9): no total below zero, queued and on auction within the losses.
(define-fun sound ((surplus Int) (losses Int) (queued Int) (on-auction Int) (selling Int)) Bool
  (and (<= 0 surplus) (<= 0 losses) (<= 0 queued) (<= 0 on-auction) (<= 0 selling)
       (<= (+ queued on-auction) losses)))
(define-fun ready-of ((losses Int) (queued Int) (on-auction Int)) Int (- losses queued on-auction))

; The stage of a command's refusal, or 0; the time is good.
(define-fun heal-stage
  ((surplus Int) (losses Int) (queued Int) (on-auction Int) (amount Int) (of-auctions Bool)) Int
  (ite (<= amount 0) 700
  (ite (and of-auctions (> amount on-auction)) 715
  (ite (> amount surplus) 720
  (ite (> amount (ite of-auctions on-auction (ready-of losses queued on-auction))) 730
  0)))))
(define-fun mature-stage ((queued Int) (amount Int) (queued-at Int) (wait Int) (at Int)) Int
  (ite (or (<= amount 0) (< queued-at 0)) 705
  (ite (> (+ queued-at wait) at) 710
  (ite (> amount queued) 712
  0))))
(define-fun surplus-stage
  ((surplus Int) (losses Int) (queued Int) (on-auction Int) (selling Int) (opens Bool)
   (size Int) (buffer Int) (limit Int)) Int
  (ite (or (< size 0) (< buffer 0)) 700
  (ite (< surplus (+ losses size buffer)) 720
  (ite (not (= (ready-of losses queued on-auction) 0)) 730
  (ite (not opens) 750
  (ite (> (+ selling size) limit) 760
  0))))))
(define-fun debt-stage
  ((surplus Int) (losses Int) (queued Int) (on-auction Int) (opens Bool) (size Int) (tokens Int)) Int
  (ite (or (< size 0) (< tokens 0)) 700
  (ite (> size (ready-of losses queued on-auction)) 730
  (ite (not (= surplus 0)) 740
  (ite (not opens) 750
  0)))))

; What a keeper earns (REW-1, REW-5), and whether a reset earns at all (REW-2).
(define-fun total-reward ((flat Int) (rate Int) (target Int) (first Bool)) Int
  (+ (ite first (most flat 0) 0) (div (* target (most rate 0)) WAD)))
(define-fun earned-of
  ((flat Int) (rate Int) (limited Bool) (target Int) (debt Int) (rewarded Int) (first Bool)) Int
  (let ((total (total-reward flat rate target first)))
    (ite limited (least total (most (- target debt rewarded) 0)) total)))
(define-fun reset-reward
  ((flat Int) (rate Int) (limited Bool) (target Int) (debt Int) (rewarded Int)
   (collateral Int) (market Int) (min-left Int)) Int
  (ite (or (and (<= flat 0) (<= rate 0)) (< target min-left) (< (* collateral market) min-left)) 0
    (earned-of flat rate limited target debt rewarded true)))
