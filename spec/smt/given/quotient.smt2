; Two factors and a divisor above zero.
(declare-const x Int)
(declare-const y Int)
(declare-const d Int) (assert (> d 0))
