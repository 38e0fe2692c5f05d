; rule: FIX-3
; show: x p5
; Claim: a power is within one unit of the exact one. The share, of about 0.9886, was found by a search; here it is checked.
(declare-const x Int) (assert (= x 988562399266847990420611219))
(define-fun p2 () Int (times x x RAY))
(define-fun p4 () Int (times p2 p2 RAY))
(define-fun p5 () Int (times x p4 RAY))
(assert (> (distance (* p5 RAY RAY RAY RAY) (* x x x x x)) (* RAY RAY RAY RAY)))
