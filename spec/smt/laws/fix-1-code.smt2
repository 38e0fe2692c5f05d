; rule: FIX-1
; lemma: quotient
; The floor that the code makes of a division towards zero, by two complements, is the floor.
(declare-const n Int)
(declare-const d Int) (assert (> d 0))
(assert (quotient (complement n) d (complement (floor-of n d))))
(assert (quotient (complement n) d (- (floor-of n d))))
(assert (not (= (floor-in-code n d) (floor-of n d))))
