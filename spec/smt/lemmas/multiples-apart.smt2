; Multiples of two different whole numbers are a whole divisor apart at least.
(define-fun multiples-apart ((q Int) (k Int) (d Int)) Bool
  (=> (> d 0) (or (= q k) (>= (- (* k d) (* q d)) d) (>= (- (* q d) (* k d)) d))))
; proof
(declare-const q Int) (declare-const k Int) (declare-const d Int)
(assert (not (multiples-apart q k d)))
