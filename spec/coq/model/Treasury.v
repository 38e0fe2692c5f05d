(** Treasury: the protocol's surplus and its losses; what either has too much of is auctioned.

    The model of [src/core/Treasury.ts]; the rules are TRE-1 to TRE-10 (spec/09-treasury.md). *)

From Coq Require Import ZArith List Bool String.
From Knockdown.model Require Import Fixed Terms Event English.
Import ListNotations.
Open Scope Z_scope.

Record treasury := Treasury {
  v_surplus : Z;
  v_losses : Z;
  v_queued : Z;
  v_on_auction : Z;
  v_selling : Z;
  v_opens : bool;
  v_opened : Z;
  v_last_at : Z }.

Definition empty_treasury : treasury := Treasury 0 0 0 0 0 true 0 0.

(** The losses that were queued at one instant. *)
Record entry := Entry { i_queued_at : Z; i_amount : Z }.

Inductive treasury_command :=
| Receive (at_ : Z) (from : string) (amount : Z)
| Mature (at_ : Z)
| Heal (at_ amount : Z) (o : heal_of)
| OpenSurplus (at_ : Z)
| OpenDebt (at_ : Z).

Definition treasury_time (c : treasury_command) : Z :=
  match c with Receive at_ _ _ | Mature at_ | Heal at_ _ _ | OpenSurplus at_ | OpenDebt at_ => at_ end.

(** The losses that may be healed or auctioned now (TRE-4). *)
Definition ready (v : treasury) : Z := v_losses v - v_queued v - v_on_auction v.

(** The losses that an event queues (TRE-2). *)
Definition queued_by (e : event) : Z :=
  match e with
  | Opened _ o => match o_loss_at o with AtSeizure => o_debt o | AtClose => 0 end
  | Closed _ _ bad_debt _ l _ => match l with AtClose => bad_debt | AtSeizure => 0 end
  | _ => 0
  end.

Definition paid_by_protocol (p : payer) (reward : Z) : Z :=
  match p with Protocol => reward | Fund _ => 0 end.

Definition is_debt (g : goods) : bool := match g with OfDebt _ => true | _ => false end.
Definition is_surplus (g : goods) : bool := match g with OfSurplus _ => true | _ => false end.
Definition is_income (h : held) : bool := match h with Income => true | Escrow => false end.

Definition refunded (r : option refund) : Z := match r with Some one => f_amount one | None => 0 end.

(** The loss that an event books without a wait (TRE-9). *)
Definition loss_of (e : event) : Z :=
  match e with
  | Opened _ o => paid_by_protocol (o_payer o) (o_reward o)
  | Reset _ _ _ reward p => paid_by_protocol p reward
  | Stopped a _ _ r h => if is_debt (a_goods a) && is_income h then refunded r else 0
  | _ => 0
  end.

Definition income (l : loss_at) (repaid penalty : Z) : Z :=
  match l with AtSeizure => repaid + penalty | AtClose => penalty end.

(** The money that an event adds to the surplus (TRE-9). *)
Definition income_of (e : event) : Z :=
  match e with
  | Taken _ _ _ _ repaid penalty l => income l repaid penalty
  | Raised _ s repaid penalty => income (g_loss_at s) repaid penalty
  | Settled a _ bid _ repaid penalty h l =>
      if is_debt (a_goods a) then (if is_income h then 0 else bid) else income l repaid penalty
  | Cancelled _ _ debt _ _ _ l => match l with AtSeizure => debt | AtClose => 0 end
  | Shrunk a s _ _ =>
      if is_debt (a_goods a) && is_income (g_held s)
      then match g_outbid s with None => g_paid s | Some _ => 0 end
      else 0
  | Stopped a _ sold _ _ => if is_surplus (a_goods a) then sold else 0
  | _ => 0
  end.

Definition ready_in (y : treasury_terms) (v : treasury) (next : Z -> result (list event)) : result (list event) :=
  guard (fits (y_width y) (ready v)) (OutOfRange LossesReady) (next (ready v)).

Definition heal (y : treasury_terms) (v : treasury) (at_ amount : Z) (o : heal_of) : result (list event) :=
  let covers loss :=
    guard (amount <=? loss) (TooLittleLoss loss amount) (Ok [Healed at_ amount o]) in
  guard (0 <? amount) (NoAmount amount)
  (guard (match o with OnAuction => amount <=? v_on_auction v | Ready => true end)
         (TooLittleOnAuction (v_on_auction v) amount)
  (guard (amount <=? v_surplus v) (TooLittleSurplus (v_surplus v) amount)
  (match o with
   | Ready => ready_in y v covers
   | OnAuction => covers (v_on_auction v)
   end))).

Definition mature (y : treasury_terms) (v : treasury) (one : option entry) (at_ : Z) : result (list event) :=
  match one with
  | None => No NoSuchEntry
  | Some i =>
      guard ((0 <? i_amount i) && is_time (i_queued_at i) 0) NoSuchEntry
      (let until := i_queued_at i + y_wait y in
       guard (fits (y_width y) until) (OutOfRange EndOfWait)
       (guard (until <=? at_) (StillWaiting until)
       (guard (i_amount i <=? v_queued v) (OutOfRange LossesThatWait)
       (Ok [Matured at_ (i_queued_at i) (i_amount i)]))))
  end.

Definition about_own (y : treasury_terms) (v : treasury) (at_ : Z) (g : goods) : about :=
  About (LotName (y_line y) (v_opened v + 1)) (y_line y) at_ (y_version y) g.

Definition open_surplus (y : treasury_terms) (v : treasury) (at_ : Z) : result (list event) :=
  let size := y_surplus_lot y in
  let needed := v_losses v + size + y_buffer y in
  let on_auction := v_selling v + size in
  guard ((0 <=? size) && (0 <=? y_buffer y)) (NoAmount (Z.min size (y_buffer y)))
  (guard (fits (y_width y) needed) (OutOfRange SurplusNeeded)
  (guard (needed <=? v_surplus v) (TooLittleSurplus (v_surplus v) needed)
  (ready_in y v (fun loss =>
   guard (loss =? 0) (LossesLeft loss)
   (guard (v_opens v) TreasuryClosed
   (guard (fits (y_width y) on_auction) (OutOfRange SurplusOnAuction)
   (guard (on_auction <=? y_limit y) (TooMuchOnAuction on_auction (y_limit y))
   (let! (ends_at, hard_ends_at) := ends (y_width y) (y_surplus_sale y) at_ 770 in
    Ok [SurplusOpened (about_own y v at_ (OfSurplus (y_surplus_token y))) size (y_min_first_bid y)
          ends_at hard_ends_at])))))))).

Definition open_debt (y : treasury_terms) (v : treasury) (at_ : Z) : result (list event) :=
  let size := y_debt_lot y in
  guard ((0 <=? size) && (0 <=? y_tokens y)) (NoAmount (Z.min size (y_tokens y)))
  (ready_in y v (fun loss =>
   guard (size <=? loss) (TooLittleLoss loss size)
   (guard (v_surplus v =? 0) (SurplusLeft (v_surplus v))
   (guard (v_opens v) TreasuryClosed
   (let! (ends_at, hard_ends_at) := ends (y_width y) (y_debt_sale y) at_ 770 in
    Ok [DebtOpened (about_own y v at_ (OfDebt (y_debt_token y))) size (y_tokens y) ends_at hard_ends_at
          (s_held (y_debt_sale y))]))))).

(** The events of a treasury's command, or the first rule that it breaks (TRE-1 to TRE-8, TRE-10). *)
Definition decide_treasury (y : treasury_terms) (v : treasury) (one : option entry) (c : treasury_command) :
  result (list event) :=
  guard (is_time (treasury_time c) (v_last_at v)) (BadTime (treasury_time c) (v_last_at v))
  (match c with
   | Receive at_ from amount => guard (0 <? amount) (NoAmount amount) (Ok [Received at_ from amount])
   | Mature at_ => mature y v one at_
   | Heal at_ amount o => heal y v at_ amount o
   | OpenSurplus at_ => open_surplus y v at_
   | OpenDebt at_ => open_debt y v at_
   end).

(** The treasury after any event (TRE-9). *)
Definition evolve_treasury (v : treasury) (e : event) : treasury :=
  let booked surplus on_auction selling opened last_at :=
    Treasury surplus (v_losses v + queued_by e + loss_of e) (v_queued v + queued_by e) on_auction selling
             (v_opens v) opened last_at in
  let plain := booked (v_surplus v + income_of e) (v_on_auction v) (v_selling v) (v_opened v) (v_last_at v) in
  match e with
  | Received at_ _ amount =>
      Treasury (v_surplus v + amount) (v_losses v) (v_queued v) (v_on_auction v) (v_selling v)
               (v_opens v) (v_opened v) at_
  | HouseChanged _ _ opens =>
      Treasury (v_surplus v) (v_losses v) (v_queued v) (v_on_auction v) (v_selling v) opens (v_opened v) (v_last_at v)
  | Matured at_ _ amount =>
      Treasury (v_surplus v) (v_losses v) (v_queued v - amount) (v_on_auction v) (v_selling v)
               (v_opens v) (v_opened v) at_
  | Healed at_ amount o =>
      Treasury (v_surplus v - amount) (v_losses v - amount) (v_queued v)
               (match o with OnAuction => v_on_auction v - amount | Ready => v_on_auction v end)
               (v_selling v) (v_opens v) (v_opened v) at_
  | SurplusOpened a sold _ _ _ =>
      booked (v_surplus v - sold) (v_on_auction v) (v_selling v + sold) (v_opened v + 1) (a_at a)
  | DebtOpened a bid _ _ _ _ =>
      booked (v_surplus v) (v_on_auction v + bid) (v_selling v) (v_opened v + 1) (a_at a)
  | Settled a _ _ sold _ _ _ _ =>
      if is_surplus (a_goods a)
      then booked (v_surplus v + income_of e) (v_on_auction v) (v_selling v - sold) (v_opened v) (v_last_at v)
      else plain
  | Stopped a bid sold r h =>
      if is_surplus (a_goods a)
      then booked (v_surplus v + income_of e) (v_on_auction v) (v_selling v - sold) (v_opened v) (v_last_at v)
      else match h, r with
           | Income, Some _ => plain
           | _, _ => booked (v_surplus v + income_of e) (v_on_auction v - Z.min bid (v_on_auction v)) (v_selling v)
                            (v_opened v) (v_last_at v)
           end
  | _ => plain
  end.
