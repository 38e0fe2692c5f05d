; rule: ENG-7
; The reserve of collateral is the share of its market value, rounded up, but at most the target.
(declare-const share Int)
(declare-const sold Int) (assert (>= sold 0))
(declare-const target Int) (assert (> target 0))
(declare-const market Int) (assert (> market 0))
(define-fun reserve () Int (reserve-of share sold target market))
(assert (not (and (<= reserve target) (>= reserve 0)
                  (=> (<= share 0) (= reserve 0))
                  (=> (> share 0) (or (= reserve target) (>= (* reserve RAY) (* sold market share))))
                  (=> (> reserve 0) (< (* (- reserve 1) RAY) (* sold market share))))))
