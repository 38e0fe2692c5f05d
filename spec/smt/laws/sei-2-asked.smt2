; rule: SEI-2
; given: seizure
; No more is asked for than the close factor's part, rounded down, nor than there is; one of at least one asks for all. Dust is not absorbed here.
(assert (not (= dust 2)))
(assert (not (and (<= 0 asked) (<= asked shares)
                  (=> (>= close-factor 0) (<= (* asked WAD) (* shares close-factor)))
                  (=> (<= close-factor 0) (= asked 0))
                  (=> (>= close-factor WAD) (= asked shares)))))
