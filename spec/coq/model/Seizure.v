(** Seizure: how much of an unsafe position goes up for sale, and in which lots; one rounding a stage.

    The model of [src/core/Seizure.ts]; the rules are SEI-1 to SEI-10 (spec/04-seizure.md). *)

From Coq Require Import ZArith List Bool String.
From Knockdown.model Require Import Fixed Terms Event Position.
Import ListNotations.
Open Scope Z_scope.

(** What is seized of one asset, and the debt that its sale is to repay. *)
Record part := Part {
  x_collateral : collateral;
  x_amount : Z;
  x_shares : Z;
  x_debt : Z;
  x_target : Z;
  x_market : Z }.

(** The target of a debt, rounded down (SEI-6). *)
Definition target_of (t : terms) (debt : Z) : Z := mul_div debt (gross_of t) WAD Floor.

(** The shares that the close factor asks for (SEI-2). *)
Definition asked (t : terms) (p : position) : Z :=
  let z := t_sizing t in
  let least := match z_dust z with
               | Absorb min_debt => mul_div min_debt 1 (p_index p) Ceil
               | _ => 0
               end in
  Z.min (p_shares p) (Z.max (mul_div (p_shares p) (z_close_factor z) WAD Floor) (Z.max least 0)).

(** The shares that close factor and cap allow (SEI-1 to SEI-3). *)
Definition allowed (t : terms) (p : position) (in_house in_line : Z) : result Z :=
  let z := t_sizing t in
  let w := t_width t in
  let left := Z.min in_house in_line in
  let is_sliced := match z_cap z with Slice _ _ => true | Room => false end in
  let too_little := match z_cap z with Slice _ min_room => left <? min_room | Room => false end in
  let money := (match z_cap z with Slice most _ => Z.min most left | Room => left end) * WAD in
  guard (negb is_sliced || fits w left) (OutOfRange RoomLeft)
  (guard (negb ((left <=? 0) || too_little)) (CeilingReached in_house in_line)
  (guard ((WAD <=? z_close_factor z) || fits w (p_shares p * z_close_factor z)) (OutOfRange SharesUnderCloseFactor)
  (guard (fits w money) (OutOfRange RoomAsMoney)
  (guard (0 <? gross_of t) (OutOfRange SharesThatFit)
  (Ok (Z.min (asked t p) (mul_div (mul_div money 1 (p_index p) Floor) 1 (gross_of t) Floor))))))).

(** The shares after the dust rule (SEI-4). *)
Definition undusted (t : terms) (p : position) (shares : Z) : result Z :=
  let left := (p_shares p - shares) * p_index p in
  let judged min_debt absorbs :=
    if p_shares p <=? shares then Ok shares
    else
      guard (fits (t_width t) left) (OutOfRange DebtLeft)
      (if left <? min_debt then (if absorbs : bool then Ok (p_shares p) else No (DustyDebt left min_debt))
       else guard (negb (absorbs && (shares * p_index p <? min_debt))) (DustyDebt (shares * p_index p) min_debt)
            (Ok shares)) in
  match z_dust (t_sizing t) with
  | Ignore => Ok shares
  | Refuse min_debt => judged min_debt false
  | Absorb min_debt => judged min_debt true
  end.

(** How many of the remainders come before the [i]-th: those that are larger, and equals listed earlier. *)
Definition before (overs : list Z) (i : nat) : Z :=
  let over := nth i overs 0 in
  sum (map (fun j => if (over <? nth j overs 0) || ((nth j overs 0 =? over) && (j <? i)%nat) then 1 else 0)
           (seq 0 (List.length overs))).

(** Parts of a whole in proportion to weights, by largest remainder (SEI-9). *)
Definition split_by_weight (whole : Z) (weights : list Z) : list Z :=
  let total := sum weights in
  if total =? 0 then
    match weights with [] => [] | _ :: rest => whole :: map (fun _ => 0) rest end
  else
    let floors := map (fun weight => whole * weight / total) weights in
    let overs := map (fun weight => (whole * weight) mod total) weights in
    let left := whole - sum floors in
    map (fun i => nth i floors 0 + (if before overs i <? left then 1 else 0)) (seq 0 (List.length weights)).

(** Parts of a whole, each at most what its asset covers, the last taking the rest (SEI-10). *)
Fixpoint split_in_order (whole : Z) (covers : list Z) : list Z :=
  match covers with
  | [] => []
  | [_] => [whole]
  | cover :: rest => let taken := Z.min whole cover in taken :: split_in_order (whole - taken) rest
  end.

(** What is seized of one asset: how much, its price and its value. *)
Record seized := Seized { w_collateral : collateral; w_amount : Z; w_market : Z; w_value : Z }.

(** The shares of debt that fall to each asset seized (SEI-8 to SEI-10). *)
Definition split (t : terms) (p : position) (whole : Z) (these : list seized) : result (list Z) :=
  let w := t_width t in
  let values := map w_value these in
  let factor := match z_split (t_sizing t) with InOrder => WAD | ByValue => whole end in
  match these with
  | [_] => Ok [whole]
  | _ =>
      match find (fun one => w_value one <=? 0) these with
      | Some one => No (NoValue (c_asset (w_collateral one)))
      | None =>
          guard (fits w (sum values)) (OutOfRange ValueOfCollateral)
          (guard (forallb (fun value => fits w (value * factor)) values) (OutOfRange SplitOfDebt)
          (Ok (match z_split (t_sizing t) with
               | InOrder => split_in_order whole (map (fun value => value * WAD / p_index p / gross_of t) values)
               | ByValue => split_by_weight whole values
               end)))
      end
  end.

(** What the seized shares take of each asset that the line accepts (SEI-5). *)
Definition seized_of (t : terms) (p : position) (quotes : list quote) (shares : Z) : list seized :=
  filter (fun one => 0 <? w_amount one)
    (map (fun c =>
            let amount := held_of p (c_asset c) * shares / p_shares p in
            let market := market_of quotes (c_asset c) in
            Seized c amount market (worth amount market))
         (accepted t)).

(** The lots that shares make: one for an asset that takes a share of the debt (SEI-5, SEI-6, SEI-8). *)
Definition parts (t : terms) (p : position) (quotes : list quote) (shares : Z) : result (list part) :=
  let w := t_width t in
  let these := seized_of t p quotes shares in
  guard (forallb (fun c => fits w (held_of p (c_asset c) * shares)) (accepted t)) (OutOfRange CollateralSeized)
  (match these with
   | [] => No NothingSeized
   | _ =>
       let! taking := split t p shares these in
       let made :=
         map (fun both : seized * Z =>
                let (one, taken) := both in
                Part (w_collateral one) (w_amount one) taken (taken * p_index p)
                     (target_of t (taken * p_index p)) (w_market one))
             (filter (fun both => 0 <? snd both) (combine these taking)) in
       guard (forallb (fun one => fits w (x_debt one * gross_of t)) made) (OutOfRange Target) (Ok made)
   end).

(** The lots that an unsafe position's seizure makes, with the room there is (SEI-1 to SEI-10). *)
Definition plan (t : terms) (p : position) (quotes : list quote) (in_house in_line : Z) : result (list part) :=
  guard (owes p) NothingSeized
  (let! shares := allowed t p in_house in_line in
   let! kept := undusted t p shares in
   parts t p quotes kept).
