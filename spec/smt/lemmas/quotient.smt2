; A whole number is at most a quotient rounded down just if, times the divisor, it is at most what is divided.
(define-fun quotient ((n Int) (d Int) (k Int)) Bool
  (=> (> d 0) (= (<= (* k d) n) (<= k (div n d)))))
; proof
(declare-const n Int) (declare-const d Int) (declare-const k Int)
(assert (not (quotient n d k)))
