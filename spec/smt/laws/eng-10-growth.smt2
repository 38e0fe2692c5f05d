; rule: ENG-10
; lemma: product-order
; Tokens to be minted grow to one and the growth times what was sold, rounded down: never fewer under a growth not below zero. What is held does not grow.
(declare-const goods Int)
(declare-const sold Int) (assert (>= sold 0))
(declare-const growth Int) (assert (>= growth 0))
(define-fun next () Int (restart-sold goods sold growth))
(assert (product-order WAD (+ WAD growth) sold))
(assert (not (and (=> (not (= goods 2)) (= next sold))
                  (=> (= goods 2) (and (>= next sold) (<= (* next WAD) (* sold (+ WAD growth)))
                                       (< (* sold (+ WAD growth)) (* (+ next 1) WAD)))))))
