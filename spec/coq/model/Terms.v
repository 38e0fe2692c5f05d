(** Terms: everything that a line's liquidations, and a treasury's auctions, need; as data.

    The model of [src/core/Clause.ts], [Terms.ts] and [TreasuryTerms.ts]. A proof holds for all terms,
    hazardous ones included, unless it says which settings it needs. *)

From Coq Require Import ZArith List String.
From Knockdown.model Require Import Fixed Curve.
Import ListNotations.
Open Scope Z_scope.

(** How much debt a unit of value supports. *)
Inductive support := Ratio (ratio : Z) | LoanToValue (share : Z) | Margin (share : Z).

(** Whether the instant at which a time runs out still belongs to it. *)
Inductive edges := HalfOpen | Strict.

Inductive reset_rule := Never | WhenStale (after below : Z).

Inductive empty_sale := RefuseEmpty | AllowEmpty.

(** A sale by a falling price. *)
Record dutch_sale := DutchSale {
  s_curve : curve;
  s_markup : Z;
  s_reset : reset_rule;
  (** The reserve: a claim that terms make, which no step reads (PAR-13). *)
  s_claim : Z;
  s_min_left : Z;
  s_min_collateral_left : Z;
  s_empty_sale : empty_sale;
  s_edges : edges }.

Inductive ending := Fixed | Extended (by_ hard_end : Z).

(** Where a standing bid waits: in escrow until it wins, or as income that the next bidder repays. *)
Inductive held := Escrow | Income.

(** A sale by rounds of bids. *)
Record english_sale := EnglishSale {
  s_min_raise : Z;
  s_bid_lasts : Z;
  s_lasts : Z;
  s_ending : ending;
  s_reserve : Z;
  s_held : held;
  s_growth : Z;
  s_bid_edges : edges }.

Inductive sale_terms := ByPrice (s : dutch_sale) | ByBids (s : english_sale).

(** One asset that secures a line's debt, and how it is sold. *)
Record collateral := Collateral {
  c_asset : string;
  c_support : support;
  c_haircut : Z;
  c_sale : sale_terms }.

Inductive cap := Room | Slice (most min_room : Z).
Inductive dust := Ignore | Refuse (min_debt : Z) | Absorb (min_debt : Z).
Inductive split_rule := ByValue | InOrder.

Record sizing := Sizing {
  z_close_factor : Z;
  z_cap : cap;
  z_dust : dust;
  z_penalty_rate : Z;
  z_split : split_rule }.

Inductive payer := Protocol | Fund (of_ : string).
Inductive reward_limit := ByPenalty | NoLimit.

Record reward := Reward {
  r_flat : Z;
  r_rate : Z;
  r_limit : reward_limit;
  r_payer : payer }.

(** When a lot's debt is booked as the protocol's loss. *)
Inductive loss_at := AtClose | AtSeizure.

Inductive binding := InForce | AtOpening.
Inductive unsafe_when := Below | AtOrBelow.

Record terms := Terms {
  t_line : string;
  t_version : Z;
  t_width : width;
  t_binding : binding;
  t_unsafe : unsafe_when;
  t_collaterals : list collateral;
  t_ceiling : Z;
  t_sizing : sizing;
  t_reward : reward;
  t_loss_at : loss_at }.

(** One and the penalty, as a Wad. *)
Definition gross_of (t : terms) : Z := WAD + z_penalty_rate (t_sizing t).

(** What a line accepts: of an asset that its terms list twice, the first (POS-1). *)
Fixpoint accepted_of (seen : list string) (cs : list collateral) : list collateral :=
  match cs with
  | [] => []
  | c :: rest =>
      if existsb (String.eqb (c_asset c)) seen then accepted_of seen rest
      else c :: accepted_of (c_asset c :: seen) rest
  end.

Definition accepted (t : terms) : list collateral := accepted_of [] (t_collaterals t).

(** How an asset is sold under terms, if it is. *)
Definition sale_of (t : terms) (asset : string) : option sale_terms :=
  option_map c_sale (find (fun c => String.eqb (c_asset c) asset) (t_collaterals t)).

(** How the treasury sells its surplus, and covers its losses. *)
Record treasury_terms := TreasuryTerms {
  y_line : string;
  y_version : Z;
  y_width : width;
  y_wait : Z;
  y_surplus_token : string;
  y_surplus_lot : Z;
  y_buffer : Z;
  y_limit : Z;
  y_min_first_bid : Z;
  y_surplus_sale : english_sale;
  y_debt_token : string;
  y_debt_lot : Z;
  y_tokens : Z;
  y_debt_sale : english_sale }.
