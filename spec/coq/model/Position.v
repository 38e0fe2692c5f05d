(** Position: collateral against one debt, and whether it is safe.

    The model of [src/core/Position.ts]; the rules are POS-1 to POS-6 (spec/11-position.md). *)

From Coq Require Import ZArith List Bool String.
From Knockdown.model Require Import Fixed Terms Event.
Import ListNotations.
Open Scope Z_scope.

Record holding := Holding { h_asset : string; h_amount : Z }.

Record position := Position {
  p_id : string;
  p_owner : string;
  p_line : string;
  p_holdings : list holding;
  p_shares : Z;
  p_index : Z }.

(** What one unit of an asset is worth: to judge positions by, and to start auctions from. *)
Record quote := Quote { q_asset : string; q_risk : Z; q_market : Z }.

Definition quoted (quotes : list quote) (asset : string) : option quote :=
  find (fun q => String.eqb (q_asset q) asset) quotes.

Definition risk_of (quotes : list quote) (asset : string) : Z :=
  match quoted quotes asset with Some q => q_risk q | None => 0 end.

Definition market_of (quotes : list quote) (asset : string) : Z :=
  match quoted quotes asset with Some q => q_market q | None => 0 end.

(** What a position holds of an asset, never below nothing (POS-1). *)
Definition held_of (p : position) (asset : string) : Z :=
  match find (fun h => String.eqb (h_asset h) asset) (p_holdings p) with
  | Some h => Z.max 0 (h_amount h)
  | None => 0
  end.

Definition debt_of (p : position) : Z := worth (p_shares p) (p_index p).

(** The part of a price that counts, as a fraction. *)
Definition counted (c : collateral) : Z * Z :=
  let kept := RAY - c_haircut c in
  match c_support c with
  | Ratio ratio => (kept, ratio)
  | LoanToValue share => (kept * share, RAY * RAY)
  | Margin share => (kept * (RAY - share), RAY * RAY)
  end.

(** The debt that one unit of collateral supports at a price, rounded down once (POS-1). *)
Definition support_price (c : collateral) (price : Z) : Z :=
  let (part, whole) := counted c in
  if (0 <? part) && (0 <? whole) then mul_div price part whole Floor else 0.

Definition support_of (p : position) (quotes : list quote) (c : collateral) : Z :=
  worth (held_of p (c_asset c)) (support_price c (risk_of quotes (c_asset c))).

Definition sum (ns : list Z) : Z := fold_right Z.add 0 ns.

(** The first asset without a price above zero, of those that a position needs one of (POS-3). *)
Definition unpriced (cs : list collateral) (p : position) (quotes : list quote) : option collateral :=
  let some := filter (fun c => 0 <? held_of p (c_asset c)) cs in
  find (fun c => risk_of quotes (c_asset c) <=? 0) (match some with [] => cs | _ => some end).

Definition owes (p : position) : bool := (0 <? p_shares p) && (0 <? p_index p).

(** Refuses a position that is safe, or that cannot be judged (POS-2, POS-3). *)
Definition liquidatable {A : Type} (t : terms) (p : position) (quotes : list quote) (next : result A) : result A :=
  match unpriced (accepted t) p quotes with
  | Some c => No (NoRiskPrice (c_asset c))
  | None =>
      let support := sum (map (support_of p quotes) (accepted t)) in
      let debt := debt_of p in
      let is_unsafe := match t_unsafe t with Below => support <? debt | AtOrBelow => support <=? debt end in
      guard (fits (t_width t) support) (OutOfRange SupportOfCollateral)
      (guard (fits (t_width t) debt) (OutOfRange DebtOfPosition)
      (guard (owes p && is_unsafe) (Safe support debt) next))
  end.

(** The first holding of an asset with so much added; a new one where there is none. *)
Fixpoint hold (asset : string) (added : Z) (hs : list holding) : list holding :=
  match hs with
  | [] => [Holding asset added]
  | h :: rest =>
      if String.eqb (h_asset h) asset then Holding asset (h_amount h + added) :: rest
      else h :: hold asset added rest
  end.

(** A position after a seizure, or after a lot is handed back, its debt as shares rounded up (POS-5, POS-6). *)
Definition evolve_position (p : position) (e : event) : position :=
  let next asset added shares :=
    Position (p_id p) (p_owner p) (p_line p) (hold asset added (p_holdings p)) shares (p_index p) in
  match e with
  | Opened (About _ _ _ _ (OfCollateral asset _ _)) o =>
      next asset (- o_collateral o) (p_shares p - o_shares o)
  | Cancelled (About _ _ _ _ (OfCollateral asset _ _)) collateral debt _ _ _ _ =>
      next asset collateral (p_shares p + (if 0 <? p_index p then mul_div debt 1 (p_index p) Ceil else 0))
  | _ => p
  end.
