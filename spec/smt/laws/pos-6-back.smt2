; rule: POS-6
; lemma: quotient
; What is handed back is as shares, rounded up: no debt is lost, less than the worth of one share is added, and at the same index nothing.
(declare-const debt Int) (assert (>= debt 0))
(declare-const index Int) (assert (> index 0))
(declare-const n Int) (assert (>= n 0))
(define-fun back () Int (shares-of debt index))
(assert (quotient (- (* n index)) index (- n)))
(assert (quotient (- (* n index)) index (+ (- n) 1)))
(assert (not (and (>= (* back index) debt) (< (* back index) (+ debt index)) (= (shares-of (* n index) index) n))))
