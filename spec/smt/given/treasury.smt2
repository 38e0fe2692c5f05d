; A sound treasury (TRE-9).
(declare-const surplus Int)
(declare-const losses Int)
(declare-const queued Int)
(declare-const on-auction Int)
(declare-const selling Int)
(assert (sound surplus losses queued on-auction selling))
