; Seizure: how many shares go up for sale, and for which debt, as src/core/Seizure.ts (spec/04-seizure.md).
; `dust` is 0 for Ignore, 1 for Refuse, 2 for Absorb; `gross` is one and the penalty rate, as a Wad.

(define-fun asked-of ((shares Int) (index Int) (close-factor Int) (dust Int) (min-debt Int)) Int
  (least shares
    (most (div (* shares close-factor) WAD) (ite (= dust 2) (most (ceil-of min-debt index) 0) 0))))
(define-fun fit-of ((money Int) (index Int) (gross Int)) Int (div (div (* money WAD) index) gross))

; The money that a cap leaves of the room (SEI-1, SEI-3).
(define-fun capped-room ((room Int) (sliced Bool) (most-of Int)) Int (ite sliced (least most-of room) room))
(define-fun room-stage ((room Int) (sliced Bool) (min-room Int)) Int
  (ite (or (<= room 0) (and sliced (< room min-room))) 130 0))

; The dust rule (SEI-4): the stage of its refusal, and the shares that it leaves to be seized.
(define-fun dust-stage ((shares Int) (index Int) (part Int) (dust Int) (min-debt Int)) Int
  (let ((left (* (- shares part) index)))
    (ite (or (= dust 0) (>= part shares)) 0
    (ite (< left min-debt) (ite (= dust 2) 0 150)
    (ite (and (= dust 2) (< (* part index) min-debt)) 150
    0)))))
(define-fun undusted-of ((shares Int) (index Int) (part Int) (dust Int) (min-debt Int)) Int
  (ite (and (= dust 2) (< part shares) (< (* (- shares part) index) min-debt)) shares part))

(define-fun seized-of ((held Int) (part Int) (shares Int)) Int (div (* held part) shares))
(define-fun target-of ((debt Int) (gross Int)) Int (div (* debt gross) WAD))

; Largest remainders (SEI-9): `over` comes before `other` if it is larger, or equal and listed earlier.
(define-fun before ((over Int) (other Int) (earlier Bool)) Int
  (ite (or (> over other) (and earlier (= over other))) 1 0))
(define-fun with-left ((floor Int) (rank Int) (left Int)) Int (ite (< rank left) (+ floor 1) floor))

; The shares that an asset covers (SEI-10).
(define-fun covers-of ((value Int) (index Int) (gross Int)) Int (div (div (* value WAD) index) gross))

; A debt handed back, as shares (POS-6).
(define-fun shares-of ((debt Int) (index Int)) Int (ceil-of debt index))
