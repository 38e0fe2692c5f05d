(** Curve: how a price falls with time.

    The model of [src/core/Curve.ts]; the rules are CRV-1 to CRV-12 (spec/03-curves.md). *)

From Coq Require Import ZArith List Bool.
From Knockdown.model Require Import Fixed.
Import ListNotations.
Open Scope Z_scope.

(** A point of a piecewise curve: from a time on, a share of the start price. *)
Record point := Point { p_after : Z; p_share : Z }.

Inductive between := Straight | Steps.
Inductive after_last := Hold | Zero.

Inductive curve :=
| Constant (share : Z)
| Linear (zero_after : Z)
| Stairs (step_every keep_per_step : Z)
| Exponential (keep_per_second : Z)
| Piecewise (points : list point) (b : between) (a : after_last)
| Scaled (by_ : Z) (of_ : curve)
| Floored (at_ : Z) (of_ : curve)
| Capped (at_ : Z) (of_ : curve).

Definition linear_share (w : width) (zero_after elapsed : Z) : option Z :=
  let left := zero_after - elapsed in
  if left <=? 0 then Some 0
  else if fits w (left * RAY) then Some (left * RAY / zero_after)
  else None.

(** The last point at or before [elapsed], and the one after it in the list. *)
Fixpoint last_at (elapsed : Z) (points : list point) (found : option (point * option point)) :
  option (point * option point) :=
  match points with
  | [] => found
  | p :: rest =>
      last_at elapsed rest (if p_after p <=? elapsed then Some (p, hd_error rest) else found)
  end.

Definition points_share (points : list point) (b : between) (a : after_last) (elapsed : Z) : option Z :=
  match last_at elapsed points None with
  | None => option_map p_share (hd_error points)
  | Some (from, None) =>
      match a with
      | Zero => Some (if p_after from <? elapsed then 0 else p_share from)
      | Hold => Some (p_share from)
      end
  | Some (from, Some to) =>
      match b with
      | Steps => Some (p_share from)
      | Straight =>
          if elapsed <=? p_after from then Some (p_share from)
          else Some ((p_share from * (p_after to - elapsed) + p_share to * (elapsed - p_after from))
                     / (p_after to - p_after from))
      end
  end.

(** The share of the start price that is left. Needs [0 <= elapsed]. *)
Fixpoint share_at (w : width) (c : curve) (elapsed : Z) : option Z :=
  match c with
  | Constant share => Some share
  | Linear zero_after => linear_share w zero_after elapsed
  | Stairs step_every keep => if 0 <? step_every then rpow keep (elapsed / step_every) else None
  | Exponential keep => rpow keep elapsed
  | Piecewise points b a => points_share points b a elapsed
  | Scaled by_ of_ => option_map (fun share => mul_div share by_ RAY Floor) (share_at w of_ elapsed)
  | Floored at_ of_ => option_map (fun share => Z.max share at_) (share_at w of_ elapsed)
  | Capped at_ of_ => option_map (fun share => Z.min share at_) (share_at w of_ elapsed)
  end.

(** Whether a curve holds others at most [left] deep (CRV-9). *)
Fixpoint is_shallow (left : nat) (c : curve) : bool :=
  match c with
  | Scaled _ of_ | Floored _ of_ | Capped _ of_ =>
      match left with
      | O => false
      | S less => is_shallow less of_
      end
  | _ => true
  end.

Definition deepest : nat := 64.

Definition price_of (w : width) (start_price share : Z) : option Z :=
  if (share <? 0) || (start_price <? 0) then None
  else if fits w (start_price * share) then Some (start_price * share / RAY)
  else None.

(** The price on a curve, [elapsed] after it stood at [start_price] (CRV-1 to CRV-4, CRV-9). *)
Definition price_at (w : width) (c : curve) (start_price elapsed : Z) : option Z :=
  if is_shallow deepest c then
    match share_at w c (Z.max elapsed 0) with
    | Some share => price_of w start_price share
    | None => None
    end
  else None.
