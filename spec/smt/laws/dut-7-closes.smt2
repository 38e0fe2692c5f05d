; rule: DUT-7
; given: sale
; A target below the price of one unit is met by who wants all: he pays it, and gets nothing.
(assert (< target price))
(assert (= wanted collateral))
(assert (not (and (= paid target) (= bought 0) is-end)))
