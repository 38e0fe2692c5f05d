(** Ledger: every transfer of value that an event stands for.

    The model of [src/core/Ledger.ts]; the rules are ACC-1 to ACC-8 (spec/07-accounting.md). *)

From Coq Require Import ZArith List Bool String.
From Knockdown.model Require Import Fixed Terms Event.
Import ListNotations.
Open Scope Z_scope.

Inductive asset := CollateralOf (name : string) | TokenOf (name : string) | Money | Debt | Loss.

Inductive account :=
| PositionOf (name : string)
| OwnerOf (name : string)
| LotOf (name : lot_name)
| EscrowOf (name : lot_name)
| BidderOf (name : string)
| KeeperOf (name : string)
| RewardPayerOf (name : string)
| PayerOf (name : string)
| Repaid | Penalty | BadDebt | ProtocolOwn | HealedAway | Issued | Burned | Canceller.

(** An amount of an asset moves from one account to another (ACC-1). *)
Record posting := Posting { m_asset : asset; m_from : account; m_to : account; m_amount : Z }.

(** What an auction sells, and what it is paid in. *)
Definition sold_of (g : goods) : asset :=
  match g with
  | OfCollateral name _ _ => CollateralOf name
  | OfSurplus _ => Money
  | OfDebt token => TokenOf token
  end.

Definition paid_in (g : goods) : asset :=
  match g with OfSurplus token => TokenOf token | _ => Money end.

Definition position_of (g : goods) : account :=
  match g with OfCollateral _ position _ => PositionOf position | _ => Issued end.

Definition owner_of (g : goods) : account :=
  match g with OfCollateral _ _ owner => OwnerOf owner | _ => Issued end.

(** A payment repays debt, and then is penalty; where the loss is booked already, it is the protocol's. *)
Definition payment (from lot : account) (l : loss_at) (repaid penalty : Z) : list posting :=
  [ Posting Money from (match l with AtClose => Repaid | AtSeizure => ProtocolOwn end) repaid;
    Posting Money from Penalty penalty;
    Posting Debt lot Repaid repaid ].

(** A reward comes from its fund, or is issued and booked as a loss (REW-3, REW-4). *)
Definition rewarded (lot : account) (keeper : string) (reward : Z) (p : payer) : list posting :=
  match p with
  | Fund of_ => [Posting Money (RewardPayerOf of_) (KeeperOf keeper) reward]
  | Protocol => [Posting Money Issued (KeeperOf keeper) reward; Posting Loss lot ProtocolOwn reward]
  end.

Definition repaid_to (a : asset) (from : account) (r : option refund) : list posting :=
  match r with Some one => [Posting a from (BidderOf (f_bidder one)) (f_amount one)] | None => [] end.

(** A bid in escrow waits there and frees the one before; one that is income repays the one before itself. *)
Definition bid_moves (a : about) (s : standing) : list posting :=
  let asset := paid_in (a_goods a) in
  let escrow := EscrowOf (a_lot a) in
  let bidder := BidderOf (g_bidder s) in
  match g_held s with
  | Escrow => Posting asset bidder escrow (g_paid s) :: repaid_to asset escrow (g_outbid s)
  | Income => repaid_to asset bidder (g_outbid s)
  end.

(** The first bid for a debt auction, where it is income, is the protocol's at once. *)
Definition first_for_debt (a : about) (s : standing) : list posting :=
  match a_goods a, g_held s, g_outbid s with
  | OfDebt _, Income, None => [Posting Money (BidderOf (g_bidder s)) ProtocolOwn (g_paid s)]
  | _, _, _ => []
  end.

(** The transfers of an event, those of nothing included (ACC-5). *)
Definition moves (e : event) : list posting :=
  match e with
  | Opened a o =>
      let lot := LotOf (a_lot a) in
      [ Posting (sold_of (a_goods a)) (position_of (a_goods a)) lot (o_collateral o);
        Posting Debt (position_of (a_goods a)) lot (o_debt o) ]
      ++ match o_loss_at o with AtSeizure => [Posting Loss lot ProtocolOwn (o_debt o)] | AtClose => [] end
      ++ rewarded lot (o_keeper o) (o_reward o) (o_payer o)
  | Taken a bidder _ bought repaid penalty l =>
      payment (BidderOf bidder) (LotOf (a_lot a)) l repaid penalty
      ++ [Posting (sold_of (a_goods a)) (LotOf (a_lot a)) (BidderOf bidder) bought]
  | Reset a _ keeper reward p => rewarded (LotOf (a_lot a)) keeper reward p
  | Closed a returned bad_debt _ l _ =>
      let lot := LotOf (a_lot a) in
      [ Posting (sold_of (a_goods a)) lot (owner_of (a_goods a)) returned;
        Posting Debt lot BadDebt bad_debt ]
      ++ match l with AtClose => [Posting Loss lot ProtocolOwn bad_debt] | AtSeizure => [] end
  | Cancelled a collateral debt _ r h l =>
      let lot := LotOf (a_lot a) in
      let payer := match h with Escrow => EscrowOf (a_lot a) | Income => Canceller end in
      [ Posting (sold_of (a_goods a)) lot (position_of (a_goods a)) collateral;
        Posting Debt lot (position_of (a_goods a)) debt ]
      ++ repaid_to Money payer r
      ++ match l with AtSeizure => [Posting Money Issued ProtocolOwn debt] | AtClose => [] end
  | Raised a s repaid penalty =>
      bid_moves a s ++ first_for_debt a s
      ++ payment (BidderOf (g_bidder s)) (LotOf (a_lot a)) (g_loss_at s) repaid penalty
  | Shrunk a s _ freed =>
      bid_moves a s ++ first_for_debt a s
      ++ match a_goods a with
         | OfCollateral _ _ _ =>
             [Posting (sold_of (a_goods a)) (LotOf (a_lot a)) (owner_of (a_goods a)) freed]
         | _ => []
         end
  | Settled a bidder bid sold repaid penalty h l =>
      let lot := LotOf (a_lot a) in
      let escrow := EscrowOf (a_lot a) in
      match a_goods a with
      | OfCollateral _ _ _ =>
          payment escrow lot l repaid penalty ++ [Posting (sold_of (a_goods a)) lot (BidderOf bidder) sold]
      | OfSurplus _ =>
          [ Posting (paid_in (a_goods a)) escrow Burned bid; Posting (sold_of (a_goods a)) lot (BidderOf bidder) sold ]
      | OfDebt _ =>
          match h with Escrow => [Posting Money escrow ProtocolOwn bid] | Income => [] end
          ++ [Posting (sold_of (a_goods a)) Issued (BidderOf bidder) sold]
      end
  | Stopped a _ sold r h =>
      let asset := paid_in (a_goods a) in
      let escrow := EscrowOf (a_lot a) in
      match a_goods a, h with
      | OfSurplus _, _ =>
          Posting (sold_of (a_goods a)) (LotOf (a_lot a)) ProtocolOwn sold :: repaid_to asset escrow r
      | _, Escrow => repaid_to asset escrow r
      | _, Income =>
          repaid_to asset Issued r
          ++ [Posting Loss (LotOf (a_lot a)) ProtocolOwn (match r with Some one => f_amount one | None => 0 end)]
      end
  | Received _ from amount => [Posting Money (PayerOf from) ProtocolOwn amount]
  | Healed _ amount _ =>
      [Posting Money ProtocolOwn HealedAway amount; Posting Loss ProtocolOwn HealedAway amount]
  | SurplusOpened a sold _ _ _ => [Posting Money ProtocolOwn (LotOf (a_lot a)) sold]
  | Restarted _ _ _ _ _ | DebtOpened _ _ _ _ _ _ | Matured _ _ _
  | TermsChanged _ _ | LevelChanged _ _ _ | HouseChanged _ _ _ => []
  end.

(** The transfers of an event, those of nothing left out (ACC-1, ACC-5). *)
Definition postings (e : event) : list posting := filter (fun m => negb (m_amount m =? 0)) (moves e).
