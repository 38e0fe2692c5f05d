; Curve: the share of the start price that is left, and the price (spec/03-curves.md).

(define-fun linear-share ((zero-after Int) (elapsed Int)) Int
  (ite (<= (- zero-after elapsed) 0) 0 (div (* (- zero-after elapsed) RAY) zero-after)))

; Between two points of a piecewise curve, from `a` at `t` to `b` at `u`.
(define-fun straight-share ((t Int) (a Int) (u Int) (b Int) (elapsed Int)) Int
  (div (+ (* a (- u elapsed)) (* b (- elapsed t))) (- u t)))

(define-fun scaled-share ((share Int) (by Int)) Int (div (* share by) RAY))
(define-fun floored-share ((share Int) (at Int)) Int (most share at))
(define-fun capped-share ((share Int) (at Int)) Int (least share at))

(define-fun price-of ((start Int) (share Int)) Int (div (* start share) RAY))
