; rule: ENG-8
; A bid moves the end to some time after it, never earlier than it was and never past the hard end.
(declare-const ends Int)
(declare-const hard-ends Int) (assert (<= ends hard-ends))
(declare-const at Int) (assert (< at ends))
(declare-const by Int)
(define-fun next () Int (extended-end ends hard-ends at by))
(assert (not (and (>= next ends) (<= next hard-ends) (or (= next ends) (= next (+ at by)) (= next hard-ends))
                  (=> (<= by 0) (= next ends)))))
