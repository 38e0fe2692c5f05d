; rule: POS-6
; show: debt index back
; Claim: a lot that is handed back adds exactly its debt. At another index than it was seized at it adds a part of a share.
(declare-const debt Int) (assert (> debt 0))
(declare-const index Int) (assert (> index 1))
(define-fun back () Int (shares-of debt index))
(assert (> (* back index) debt))
