; rule: SEI-1
; A seizure is refused unless the room, the lesser of the two, is above zero, and under a slice at least its least room.
(declare-const in-house Int)
(declare-const in-line Int)
(declare-const sliced Bool)
(declare-const min-room Int)
(define-fun room () Int (least in-house in-line))
(assert (not (= (= (room-stage room sliced min-room) 0)
                (and (> in-house 0) (> in-line 0)
                     (=> sliced (and (>= in-house min-room) (>= in-line min-room)))))))
