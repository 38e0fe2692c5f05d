; rule: SEI-3
; Several targets under one room keep both ceilings: money in flight with them is within each.
(declare-const ceiling Int)
(declare-const in-flight Int)
(declare-const line-ceiling Int)
(declare-const line-in-flight Int)
(define-fun room () Int (least (- ceiling in-flight) (- line-ceiling line-in-flight)))
(declare-const first Int)
(declare-const second Int)
(assert (<= (+ first second) room))
(assert (not (and (<= (+ in-flight first second) ceiling) (<= (+ line-in-flight first second) line-ceiling))))
