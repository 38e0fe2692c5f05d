; rule: SEI-5
; Of an asset goes what is held times the seized shares over all shares, rounded down: never more than is held, and all with all shares.
(declare-const held Int) (assert (>= held 0))
(declare-const shares Int) (assert (> shares 0))
(declare-const part Int) (assert (and (>= part 0) (<= part shares)))
(define-fun amount () Int (seized-of held part shares))
(assert (not (and (<= 0 amount) (<= amount held) (<= (* amount shares) (* held part))
                  (< (* held part) (* (+ amount 1) shares)) (=> (= part shares) (= amount held)))))
