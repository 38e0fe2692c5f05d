(** Extract: the model as a program in OCaml.

    What is computed is the model's own text. Taken from OCaml are its booleans, options, lists, pairs and strings,
    whole numbers of the machine for the model's [nat] (places in lists, and how deep a curve is), and, for [Z],
    Zarith's integers of any size, by the functions of [number.ml], each of which says what it means. *)

From Coq Require Import ZArith List String.
From Coq Require Extraction ExtrOcamlBasic ExtrOcamlNativeString ExtrOcamlNatInt.
From Knockdown.model Require Fixed Curve Terms Event Position House Seizure Treasury Auction Book Ledger.

Extract Inductive positive => "Number.t"
  [ "Number.double_and_one" "Number.double" "Number.one" ] "Number.match_positive".
Extract Inductive Z => "Number.t" [ "Number.zero" "" "Number.neg" ] "Number.match_integer".

Extract Constant Z.add => "Number.add".
Extract Constant Z.sub => "Number.sub".
Extract Constant Z.mul => "Number.mul".
Extract Constant Z.opp => "Number.neg".
Extract Constant Z.div => "Number.div".
Extract Constant Z.modulo => "Number.modulo".
Extract Constant Z.pow => "Number.pow".
Extract Constant Z.min => "Number.min".
Extract Constant Z.max => "Number.max".
Extract Constant Z.eqb => "Number.eqb".
Extract Constant Z.ltb => "Number.ltb".
Extract Constant Z.leb => "Number.leb".
Extract Constant Z.odd => "Number.odd".

(* The names of OCaml's own modules, of Zarith's, and of those that stand beside this file. *)
Extraction Blacklist List String Int Z Number Decimal Json Reading Giving Refusing State Call Oracle.

(** What Coq itself computes of every pair of signs, and of powers: [Oracle] holds [number.ml] to it. *)
Definition divided : list ((Z * Z) * (Z * Z)) := Eval vm_compute in
  map (fun both => (both, (Z.div (fst both) (snd both), Z.modulo (fst both) (snd both))))
    (list_prod (7 :: -7 :: 6 :: -6 :: 1 :: -1 :: 0 :: 2 ^ 70 :: - 2 ^ 70 :: nil)%Z
               (2 :: -2 :: 1 :: -1 :: 0 :: 10 ^ 27 :: - 10 ^ 27 :: nil)%Z).

Definition raised : list ((Z * Z) * Z) := Eval vm_compute in
  map (fun both => (both, Z.pow (fst both) (snd both)))
    (list_prod (2 :: -3 :: 0 :: nil)%Z (0 :: 1 :: 5 :: -1 :: nil)%Z).

Separate Extraction
  divided raised Fixed.mul_div Fixed.rpow Curve.price_at Seizure.plan Auction.start_lots Treasury.decide_treasury
  Book.empty_book Book.hold_position Book.step_book Ledger.postings.
