(** Event: what is for sale, what may be asked, what happens, and why something is refused.

    The model of [src/core/Event.ts], [Lot.ts] (its data), [Refusal.ts] and [Check.ts]. *)

From Coq Require Import ZArith List String Bool.
From Knockdown.model Require Import Fixed Terms.
Import ListNotations.
Open Scope Z_scope.

(** A lot's name: its line and its number there, printed [line/number]. *)
Record lot_name := LotName { n_line : string; n_number : Z }.

Definition same_name (a b : lot_name) : bool :=
  String.eqb (n_line a) (n_line b) && (n_number a =? n_number b).

(** What an auction sells, and for whom. *)
Inductive goods :=
| OfCollateral (asset position owner : string)
| OfSurplus (token : string)
| OfDebt (token : string).

Definition is_collateral (g : goods) : bool :=
  match g with OfCollateral _ _ _ => true | _ => false end.

(** A lot sold by a falling price. *)
Record dutch_lot := DutchLot {
  d_id : lot_name;
  d_line : string;
  d_terms : Z;
  d_goods : goods;
  d_collateral : Z;
  d_debt : Z;
  d_target : Z;
  d_start_price : Z;
  d_started_at : Z;
  d_rewarded : Z;
  d_loss_at : loss_at;
  d_binding : binding;
  d_last_at : Z;
  d_ended : bool }.

(** A lot sold by bids: collateral, surplus money, or tokens for a loss. *)
Record english_lot := EnglishLot {
  e_id : lot_name;
  e_line : string;
  e_terms : Z;
  e_goods : goods;
  e_sold : Z;
  e_bid : Z;
  e_bidder : option string;
  e_bid_expires_at : option Z;
  e_ends_at : Z;
  e_hard_ends_at : Z;
  e_reserve : Z;
  e_held : held;
  e_debt : Z;
  e_target : Z;
  e_loss_at : loss_at;
  e_binding : binding;
  e_last_at : Z;
  e_ended : bool }.

Inductive lot := ByFalling (d : dutch_lot) | ByBidding (e : english_lot).

(** A bidder who gets back what he paid. *)
Record refund := Refund { f_bidder : string; f_amount : Z }.

Inductive start :=
| StartDutch (start_price : Z)
| StartEnglish (ends_at hard_ends_at reserve : Z) (h : held).

(** What every event of a lot says. *)
Record about := About { a_lot : lot_name; a_line : string; a_at : Z; a_terms : Z; a_goods : goods }.

(** A bid: more for all that is sold ([Raised]), or the same for less ([Shrunk]). *)
Record standing := Standing {
  g_bidder : string;
  g_held : held;
  g_loss_at : loss_at;
  g_bid : Z;
  g_paid : Z;
  g_outbid : option refund;
  g_expires_at : Z;
  g_ends_at : Z }.

Record opened := OpenedWith {
  o_collateral : Z;
  o_shares : Z;
  o_debt : Z;
  o_target : Z;
  o_loss_at : loss_at;
  o_binding : binding;
  o_start : start;
  o_keeper : string;
  o_reward : Z;
  o_payer : payer }.

Inductive heal_of := Ready | OnAuction.

Inductive event :=
| Opened (a : about) (o : opened)
| Taken (a : about) (bidder : string) (price bought repaid penalty : Z) (l : loss_at)
| Reset (a : about) (start_price : Z) (keeper : string) (reward : Z) (p : payer)
| Closed (a : about) (returned bad_debt shortfall : Z) (l : loss_at) (released : Z)
| Cancelled (a : about) (collateral debt released : Z) (r : option refund) (h : held) (l : loss_at)
| Raised (a : about) (s : standing) (repaid penalty : Z)
| Shrunk (a : about) (s : standing) (sold freed : Z)
| Restarted (a : about) (ends_at hard_ends_at reserve sold : Z)
| Settled (a : about) (bidder : string) (bid sold repaid penalty : Z) (h : held) (l : loss_at)
| Stopped (a : about) (bid sold : Z) (r : option refund) (h : held)
| SurplusOpened (a : about) (sold reserve ends_at hard_ends_at : Z)
| DebtOpened (a : about) (bid sold ends_at hard_ends_at : Z) (h : held)
| TermsChanged (at_ : Z) (t : terms)
| LevelChanged (line : string) (at_ level : Z)
| HouseChanged (at_ ceiling : Z) (opens : bool)
| Received (at_ : Z) (from : string) (amount : Z)
| Matured (at_ queued_at amount : Z)
| Healed (at_ amount : Z) (o : heal_of).

(** A fact of a refusal that two things differ: a name, or a version. *)
Inductive fact := Name (s : string) | Version (n : Z).

(** A number that a rule forms and that does not fit its width, with its stage (FIX-5). *)
Inductive formed :=
| SupportOfCollateral | DebtOfPosition | RoomLeft | SharesUnderCloseFactor | RoomAsMoney | SharesThatFit
| DebtLeft | CollateralSeized | ValueOfCollateral | SplitOfDebt | Target | MoneyInFlight
| PriceOfAmount | StartPrice | RewardFormed | EndOfAuction (stage : Z) | StepOfBid | TimeOfBid
| RestartSells | EndOfWait | LossesThatWait | SurplusNeeded | LossesReady | SurplusOnAuction.

Inductive missing := NoPosition | NoLot | NoLine.

(** Why a command is not carried out; the rule of each is in spec/README.md. *)
Inductive refusal :=
| NotFound (what : missing) (name : string)
| NoLotOf (name : lot_name)
| NameTaken (name : string)
| BadTime (at_ last_at : Z)
| OutOfRange (what : formed)
| OtherTerms (wanted given : fact)
| Halted (level : Z)
| Ended
| WrongAuction
| HouseClosed
| NoRiskPrice (asset : string)
| Safe (support debt : Z)
| CeilingReached (in_house in_line : Z)
| DustyDebt (debt min_debt : Z)
| NothingSeized
| NoTarget
| NoCollateral
| NoOwner
| NoValue (asset : string)
| NoMarketPrice (asset : string)
| NoStartPrice (market : Z)
| NoPrice (start_price elapsed : Z)
| Stale (price : Z)
| NotStale (price : Z)
| TooExpensive (price limit : Z)
| NothingWanted (price : Z)
| TooLittleLeft (target min_left collateral min_collateral_left : Z)
| NothingBought
| BelowLeast (bought at_least : Z)
| BidExpired (bid_expires_at : Z)
| PastEnd (ends_at : Z)
| NotWhatStands (stands given : Z)
| TargetNotBid (bid target : Z)
| AboveTarget (bid target : Z)
| NotBetter (given stands : Z)
| TooSmallStep (given stands : Z)
| BelowReserve (bid reserve : Z)
| NotWon (bid_expires_at : option Z) (ends_at : Z)
| NotOver (ends_at : Z)
| AlreadyBid (bidder : string)
| AlreadySold (bid : Z)
| NotNextVersion (version wanted : Z)
| NoSuchLine (line : string)
| BadSetting (given : Z)
| NoAmount (amount : Z)
| StillWaiting (until : Z)
| NoSuchEntry
| TooLittleSurplus (surplus needed : Z)
| TooLittleOnAuction (on_auction needed : Z)
| TooLittleLoss (loss needed : Z)
| LossesLeft (loss : Z)
| SurplusLeft (surplus : Z)
| TreasuryClosed
| TooMuchOnAuction (on_auction limit : Z).

(** What a rule answers: a value, or the refusal. *)
Inductive result (A : Type) := Ok (a : A) | No (r : refusal).
Arguments Ok {A} a.
Arguments No {A} r.

Definition bind {A B : Type} (x : result A) (f : A -> result B) : result B :=
  match x with Ok a => f a | No r => No r end.

Notation "'let!' a := x 'in' y" := (bind x (fun a => y)) (at level 200, a pattern, right associativity).

(** Refuses unless a thing holds. *)
Definition guard {A : Type} (b : bool) (r : refusal) (next : result A) : result A :=
  if b then next else No r.

(** How much a buyer wants. *)
Inductive want := Amount (amount : Z) | Spend (money : Z) | All.

(** What may be asked of a lot. *)
Inductive lot_command :=
| Take (at_ : Z) (bidder : string) (w : want) (limit at_least : Z)
| ResetLot (at_ : Z) (keeper : string) (market : Z)
| Raise (at_ : Z) (bidder : string) (bid sold : Z)
| Shrink (at_ : Z) (bidder : string) (bid sold : Z)
| Restart (at_ market : Z)
| Settle (at_ : Z)
| Cancel (at_ : Z).

Definition time_of (c : lot_command) : Z :=
  match c with
  | Take at_ _ _ _ _ | ResetLot at_ _ _ | Raise at_ _ _ _ | Shrink at_ _ _ _
  | Restart at_ _ | Settle at_ | Cancel at_ => at_
  end.

(** The level of the breaker from which a command is refused; 4, which none reaches, for the ways out (HOU-4). *)
Definition halted_from (c : lot_command) : Z :=
  match c with
  | Take _ _ _ _ _ | Raise _ _ _ _ | Shrink _ _ _ _ => 3
  | ResetLot _ _ _ | Restart _ _ => 2
  | Settle _ | Cancel _ => 4
  end.

(** A whole second that a clock shows, not before the last (HOU-1). *)
Definition is_time (at_ last_at : Z) : bool :=
  (last_at <=? at_) && (- MAX_SAFE <=? at_) && (at_ <=? MAX_SAFE).

(** What every command to a lot is refused for first (HOU-1, HOU-4, HOU-5). *)
Definition admitted {A : Type} (level last_at : Z) (ended : bool) (c : lot_command) (next : result A) : result A :=
  guard (is_time (time_of c) last_at) (BadTime (time_of c) last_at)
  (guard (negb (halted_from c <=? level)) (Halted level)
  (guard (negb ended) Ended next)).
