; rule: SEI-10
; lemma: floor-of-floor
; lemma: product-order
; In order, the first of two takes the shares whose target it is worth, at most what there is; the second takes the rest.
(declare-const whole Int) (assert (>= whole 0))
(declare-const value Int) (assert (> value 0))
(declare-const index Int) (assert (> index 0))
(declare-const gross Int) (assert (> gross 0))
(define-fun covers () Int (covers-of value index gross))
(define-fun first () Int (least whole covers))
(define-fun second () Int (- whole first))
(assert (floor-of-floor (* value WAD) index gross))
(assert (product-order first covers (* index gross)))
(assert (not (and (= (+ first second) whole) (<= 0 first) (<= 0 second)
                  (<= (target-of (* first index) gross) value)
                  (=> (> second 0) (> (* (+ first 1) (* index gross)) (* value WAD))))))
