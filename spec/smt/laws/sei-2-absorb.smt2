; rule: SEI-2
; given: seizure
; Where dust is absorbed, what is asked for is worth the least debt, or it is all; and never more shares than that needs or the close factor asks for.
(assert (= dust 2))
(assert (not (and (<= 0 asked) (<= asked shares)
                  (=> (< asked shares) (>= (* asked index) min-debt))
                  (=> (> (* asked WAD) (most 0 (* shares close-factor))) (< (* (- asked 1) index) min-debt)))))
