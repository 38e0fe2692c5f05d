(** Fixed: exact fixed-point numbers as integers, and how quotients are rounded.

    The model of [src/core/Fixed.ts]; the rules are FIX-1 to FIX-6 (spec/01-fixed.md). A Wad counts units of
    10^-18, a Ray 10^-27, a Rad 10^-45; all are plain integers here, so that an amount times a price is money. *)

From Coq Require Import ZArith Bool.
Open Scope Z_scope.

Definition WAD : Z := 1000000000000000000.
Definition RAY : Z := 1000000000000000000000000000.
Definition HALF_RAY : Z := 500000000000000000000000000.
Definition MAX_UINT256 : Z := 2 ^ 256 - 1.
Definition MAX_UINT48 : Z := 2 ^ 48 - 1.
Definition MAX_SAFE : Z := 2 ^ 53 - 1.

Inductive rounding := Floor | Ceil | HalfUp | HalfEven.

(** How large a number may grow: without bound, or as an unsigned word of 256 bits (FIX-5). *)
Inductive width := Unbounded | Uint256.

Definition divide (r : rounding) (n d : Z) : Z :=
  match r with
  | Floor => n / d
  | Ceil => - (- n / d)
  | HalfUp => (2 * n + d) / (2 * d)
  | HalfEven => (2 * n + d - 1 + (n / d) mod 2) / (2 * d)
  end.

(** [x * y / d], rounded once (FIX-1, FIX-2). Needs [0 < d]. *)
Definition mul_div (x y d : Z) (r : rounding) : Z := divide r (x * y) d.

(** The money that an amount is worth at a price. *)
Definition worth (amount price : Z) : Z := amount * price.

Definition times (a b : Z) : Z := (a * b + HALF_RAY) / RAY.

(** The largest product that [times] takes without passing a word. *)
Definition LARGEST : Z := MAX_UINT256 - HALF_RAY.

(** [n] is what is left of the exponent above the bit that [square] stands for. *)
Fixpoint power (square : Z) (n : positive) (result : Z) : option Z :=
  if square =? RAY then Some result
  else if square =? 0 then Some 0
  else if LARGEST <? square * square then None
  else
    let next := times square square in
    match n with
    | xO above => power next above result
    | xI above => if LARGEST <? result * next then None else power next above (times result next)
    | xH => if LARGEST <? result * next then None else Some (times result next)
    end.

(** [x] to the power [n], half up at every multiplication, from the lowest bit (FIX-3, FIX-4). *)
Definition rpow (x n : Z) : option Z :=
  if (x <? 0) || (n <? 0) then None
  else
    let result := if Z.odd n then x else RAY in
    match n / 2 with
    | Zpos above => power x above result
    | _ => Some result
    end.

Definition fits (w : width) (n : Z) : bool :=
  match w with
  | Unbounded => true
  | Uint256 => (0 <=? n) && (n <=? MAX_UINT256)
  end.

(** The last instant that a clock of this width shows (FIX-6). *)
Definition last_second (w : width) : Z :=
  match w with
  | Unbounded => MAX_SAFE
  | Uint256 => MAX_UINT48
  end.

(** The instant a duration after another, if the clock shows it (FIX-6). *)
Definition later (w : width) (at_ duration : Z) : option Z :=
  let sum := at_ + duration in
  if (0 <=? sum) && (sum <=? last_second w) then Some sum else None.
