; lemma: quotient
; Of two numbers the greater gives no smaller quotient.
(define-fun quotient-order ((a Int) (b Int) (d Int)) Bool
  (=> (and (<= a b) (> d 0)) (<= (div a d) (div b d))))
; proof
(declare-const a Int) (declare-const b Int) (declare-const d Int)
(assert (quotient b d (div a d)))
(assert (not (quotient-order a b d)))
