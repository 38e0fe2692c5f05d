; rule: TRE-9
; rule: TRE-8
; given: treasury
; A surplus auction that settles or stops is on auction no longer, and the books stay sound; what is on sale is the sum of the open auctions.
(declare-const others Int) (assert (>= others 0))
(declare-const sold Int) (assert (>= sold 0))
(assert (= selling (+ others sold)))
(declare-const stopped Bool)
(define-fun next () Int (- selling sold))
(assert (not (and (= next others) (sound (ite stopped (+ surplus sold) surplus) losses queued on-auction next))))
