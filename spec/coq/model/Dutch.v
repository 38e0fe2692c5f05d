(** Dutch: a lot sold at a price that falls until someone takes it.

    The model of [src/core/Sale.ts] and [Dutch.ts]; the rules are DUT-1 to DUT-13 (spec/05-dutch.md). *)

From Coq Require Import ZArith List Bool String.
From Knockdown.model Require Import Fixed Curve Terms Event Reward.
Import ListNotations.
Open Scope Z_scope.

(** What a buyer pays and gets. *)
Record sale := Sale { paid : Z; bought : Z }.

(** What is wanted of a lot at a price, at most all of it (DUT-4). *)
Definition wanted_of (lot_collateral : Z) (w : want) (price : Z) : Z :=
  match w with
  | Amount amount => Z.min amount lot_collateral
  | Spend money =>
      if money <? 0 then money
      else if 0 <? price then Z.min (money / price) lot_collateral
      else lot_collateral
  | All => lot_collateral
  end.

(** The sale of up to [wanted] at a price; nothing if too little would be left (DUT-5, DUT-6). *)
Definition sale_at (lot_collateral target price wanted min_left min_collateral_left : Z) : option sale :=
  let owed := worth wanted price in
  if target <? owed then Some (Sale target (target / price))
  else if (owed =? target) || (wanted =? lot_collateral) then Some (Sale owed wanted)
  else
    let most := lot_collateral - min_collateral_left in
    let is_cut := most <? wanted in
    if is_cut && (most <=? 0) then None
    else
      let cut := if is_cut then most else wanted in
      if min_left <=? target - worth cut price then Some (Sale (worth cut price) cut)
      else if target <=? min_left then None
      else Some (Sale (target - min_left) ((target - min_left) / price)).

(** Whether a sale ends its lot: it meets the target, or takes all (DUT-11). *)
Definition ends_with (l : dutch_lot) (s : sale) : bool :=
  (paid s =? d_target l) || (bought s =? d_collateral l).

(** Whether a lot is too old, or its price too low, to be sold (DUT-2). *)
Definition is_stale (s : dutch_sale) (l : dutch_lot) (elapsed price : Z) : bool :=
  match s_reset s with
  | Never => false
  | WhenStale after below =>
      (match s_edges s with Strict => after <? elapsed | HalfOpen => after <=? elapsed end)
      || (price * RAY <? below * d_start_price l)
  end.

(** The price of a lot and whether it is stale (DUT-1, DUT-2). *)
Definition status (t : terms) (s : dutch_sale) (l : dutch_lot) (at_ : Z) : result (Z * bool) :=
  let elapsed := at_ - d_started_at l in
  match price_at (t_width t) (s_curve s) (d_start_price l) elapsed with
  | None => No (NoPrice (d_start_price l) elapsed)
  | Some price => Ok (price, is_stale s l elapsed price)
  end.

(** What is sold of a lot at a price, or why nothing is (DUT-4 to DUT-7). *)
Definition sold (t : terms) (s : dutch_sale) (l : dutch_lot) (price : Z) (w : want) : result sale :=
  let refuses := match s_empty_sale s with RefuseEmpty => true | AllowEmpty => false end in
  let wanted := wanted_of (d_collateral l) w price in
  guard (negb ((wanted <? 0) || (refuses && ((wanted =? 0) || (price =? 0))))) (NothingWanted price)
  (guard (fits (t_width t) (worth wanted price)) (OutOfRange PriceOfAmount)
  (match sale_at (d_collateral l) (d_target l) price wanted (s_min_left s) (s_min_collateral_left s) with
   | None => No (TooLittleLeft (d_target l) (s_min_left s) (d_collateral l) (s_min_collateral_left s))
   | Some made => guard (negb (refuses && (bought made =? 0) && negb (ends_with l made))) NothingBought (Ok made)
   end)).

Definition about_dutch (version at_ : Z) (l : dutch_lot) : about :=
  About (d_id l) (d_line l) at_ version (d_goods l).

(** A sale, and the end of the lot where it is that: what is left is returned, bad, or short (DUT-11). *)
Definition take (t : terms) (s : dutch_sale) (l : dutch_lot) (at_ : Z) (bidder : string) (w : want)
  (limit at_least : Z) : result (list event) :=
  let! (price, stale) := status t s l at_ in
  guard (negb stale) (Stale price)
  (guard (price <=? limit) (TooExpensive price limit)
  (let! made := sold t s l price w in
   guard (at_least <=? bought made) (BelowLeast (bought made) at_least)
   (let repaid := Z.min (paid made) (d_debt l) in
    let penalty := paid made - repaid in
    let a := about_dutch (t_version t) at_ l in
    let shortfall := d_target l - repaid - penalty in
    Ok (Taken a bidder price (bought made) repaid penalty (d_loss_at l)
        :: if ends_with l made
           then [Closed a (d_collateral l - bought made) (d_debt l - repaid) shortfall (d_loss_at l) shortfall]
           else [])))).

(** The price that a lot starts from: the market price times the markup, rounded down (DUT-9). *)
Definition start_price_of (t : terms) (s : dutch_sale) (asset : string) (market : Z) : result Z :=
  guard (0 <? market) (NoMarketPrice asset)
  (guard (fits (t_width t) (market * s_markup s)) (OutOfRange StartPrice)
  (let start_price := mul_div market (s_markup s) RAY Floor in
   guard (0 <? start_price) (NoStartPrice market) (Ok start_price))).

Definition asset_of (g : goods) : string :=
  match g with OfCollateral asset _ _ => asset | OfSurplus token | OfDebt token => token end.

Definition reset (t : terms) (s : dutch_sale) (l : dutch_lot) (at_ : Z) (keeper : string) (market : Z) :
  result (list event) :=
  let! (price, stale) := status t s l at_ in
  guard stale (NotStale price)
  (let! start_price := start_price_of t s (asset_of (d_goods l)) market in
   let! reward := for_reset t l market (s_min_left s) in
   Ok [Reset (about_dutch (t_version t) at_ l) start_price keeper reward (r_payer (t_reward t))]).

(** Hands back what is left of a lot, whatever the terms have become (DUT-11). *)
Definition cancel_dutch (t : terms) (l : dutch_lot) (at_ : Z) : list event :=
  [Cancelled (about_dutch (t_version t) at_ l) (d_collateral l) (d_debt l) (d_target l) None Escrow (d_loss_at l)].

Definition decide_dutch (t : terms) (s : dutch_sale) (level : Z) (l : dutch_lot) (c : lot_command) :
  result (list event) :=
  admitted level (d_last_at l) (d_ended l) c
  (match c with
   | Take at_ bidder w limit at_least => take t s l at_ bidder w limit at_least
   | ResetLot at_ keeper market => reset t s l at_ keeper market
   | Cancel at_ => Ok (cancel_dutch t l at_)
   | _ => No WrongAuction
   end).

(** A lot after what happened to it (DUT-10). *)
Definition evolve_dutch (l : dutch_lot) (e : event) : dutch_lot :=
  let next collateral debt target start_price started_at rewarded last_at ended :=
    DutchLot (d_id l) (d_line l) (d_terms l) (d_goods l) collateral debt target start_price started_at rewarded
             (d_loss_at l) (d_binding l) last_at ended in
  match e with
  | Taken a _ _ bought repaid penalty _ =>
      next (d_collateral l - bought) (d_debt l - repaid) (d_target l - repaid - penalty)
           (d_start_price l) (d_started_at l) (d_rewarded l) (a_at a) (d_ended l)
  | Reset a start_price _ reward _ =>
      next (d_collateral l) (d_debt l) (d_target l) start_price (a_at a) (d_rewarded l + reward) (a_at a) (d_ended l)
  | Closed a _ _ _ _ _ | Cancelled a _ _ _ _ _ _ =>
      next 0 0 0 (d_start_price l) (d_started_at l) (d_rewarded l) (a_at a) true
  | _ => l
  end.
