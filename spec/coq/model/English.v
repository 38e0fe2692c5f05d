(** English: a lot sold by rounds of bids, first more for all of it, then the same for less.

    One model for three uses: collateral for money, surplus money for tokens, tokens for the money that covers
    a loss. The model of [src/core/Bid.ts] and [English.ts]; the rules are ENG-1 to ENG-16 (spec/06-english.md). *)

From Coq Require Import ZArith List Bool String.
From Knockdown.model Require Import Fixed Terms Event.
Import ListNotations.
Open Scope Z_scope.

Definition hard_end_of (s : english_sale) : Z :=
  match s_ending s with Fixed => s_lasts s | Extended _ hard_end => Z.max hard_end (s_lasts s) end.

(** What an auction raises at most: the target of collateral (ENG-4). *)
Definition cap_of (l : english_lot) : option Z :=
  if is_collateral (e_goods l) then Some (e_target l) else None.

Definition is_cap (l : english_lot) (bid : Z) : bool :=
  match cap_of l with Some target => bid =? target | None => false end.

(** No bid comes once the standing one has outlasted its time, or at the end (ENG-1). *)
Definition open_to_bids {A : Type} (l : english_lot) (at_ : Z) (next : result A) : result A :=
  match e_bid_expires_at l with
  | Some expires => guard (at_ <? expires) (BidExpired expires)
                    (guard (at_ <? e_ends_at l) (PastEnd (e_ends_at l)) next)
  | None => guard (at_ <? e_ends_at l) (PastEnd (e_ends_at l)) next
  end.

Inductive step := Enough | TooSmall | TooLarge.

(** The step from one number to a greater one (ENG-6, FIX-5). *)
Definition step_of (w : width) (s : english_sale) (less more : Z) : step :=
  let needed := (WAD + s_min_raise s) * less in
  let given := more * WAD in
  if fits w needed && fits w given then (if given <? needed then TooSmall else Enough) else TooLarge.

(** The end of the auction after a bid (ENG-8). *)
Definition extended (s : english_sale) (l : english_lot) (at_ : Z) : Z :=
  let by_ := match s_ending s with Fixed => 0 | Extended by_ _ => by_ end in
  Z.max (e_ends_at l) (Z.min (at_ + by_) (e_hard_ends_at l)).

Definition is_standing_of (l : english_lot) (bidder : string) : bool :=
  match e_bidder l with Some before => String.eqb before bidder | None => false end.

(** Who is repaid when a bidder takes the place of another (ENG-13). *)
Definition outbid_by (l : english_lot) (bidder : string) : option refund :=
  match e_bidder l with
  | Some before => if String.eqb before bidder then None else Some (Refund before (e_bid l))
  | None => None
  end.

(** What money repays: the debt first, then it is penalty (ACC-3). *)
Definition principal_first (money debt : Z) : Z * Z :=
  let repaid := Z.min money debt in (repaid, money - repaid).

Definition about_english (version at_ : Z) (l : english_lot) : about :=
  About (e_id l) (e_line l) at_ version (e_goods l).

(** A higher bid for all that is sold (ENG-1, ENG-2, ENG-4 to ENG-8). *)
Definition raise (version : Z) (w : width) (s : english_sale) (l : english_lot)
  (at_ : Z) (bidder : string) (bid sold : Z) : result (list event) :=
  match e_goods l with
  | OfDebt _ => No WrongAuction
  | _ =>
      open_to_bids l at_
      (guard (sold =? e_sold l) (NotWhatStands (e_sold l) sold)
      (guard (match cap_of l with Some target => bid <=? target | None => true end)
             (AboveTarget bid (e_target l))
      (guard (e_bid l <? bid) (NotBetter bid (e_bid l))
      (match step_of w s (e_bid l) bid with
       | TooLarge => No (OutOfRange StepOfBid)
       | reached =>
           guard (match reached with TooSmall => is_cap l bid | _ => true end) (TooSmallStep bid (e_bid l))
           (guard (e_reserve l <=? bid) (BelowReserve bid (e_reserve l))
           (match later w at_ (s_bid_lasts s) with
            | None => No (OutOfRange TimeOfBid)
            | Some expires =>
                let is_income := match e_held l with Income => is_collateral (e_goods l) | Escrow => false end in
                let (repaid, penalty) := if is_income then principal_first (bid - e_bid l) (e_debt l) else (0, 0) in
                Ok [Raised (about_english version at_ l)
                      (Standing bidder (e_held l) (e_loss_at l) bid
                         (if is_standing_of l bidder then bid - e_bid l else bid)
                         (outbid_by l bidder) expires (extended s l at_))
                      repaid penalty]
            end))
       end))))
  end.

(** The standing bid for less (ENG-1 to ENG-3, ENG-5, ENG-6, ENG-8). *)
Definition shrink (version : Z) (w : width) (s : english_sale) (l : english_lot)
  (at_ : Z) (bidder : string) (bid sold : Z) : result (list event) :=
  match e_goods l with
  | OfSurplus _ => No WrongAuction
  | _ =>
      open_to_bids l at_
      (guard (bid =? e_bid l) (NotWhatStands (e_bid l) bid)
      (guard (match cap_of l with Some target => bid =? target | None => true end)
             (TargetNotBid bid (e_target l))
      (guard ((sold <? e_sold l) && (0 <=? sold)) (NotBetter sold (e_sold l))
      (match step_of w s sold (e_sold l) with
       | TooLarge => No (OutOfRange StepOfBid)
       | TooSmall => No (TooSmallStep sold (e_sold l))
       | Enough =>
           match later w at_ (s_bid_lasts s) with
           | None => No (OutOfRange TimeOfBid)
           | Some expires =>
               Ok [Shrunk (about_english version at_ l)
                     (Standing bidder (e_held l) (e_loss_at l) bid
                        (if is_standing_of l bidder then 0 else bid)
                        (outbid_by l bidder) expires (extended s l at_))
                     sold (e_sold l - sold)]
           end
       end))))
  end.

(** The least first bid: a share of what is sold at the market price, rounded up, at most the target (ENG-7). *)
Definition reserve_of (s : english_sale) (asset : string) (sold target market : Z) : result Z :=
  if s_reserve s <=? 0 then Ok 0
  else guard (0 <? market) (NoMarketPrice asset)
       (Ok (Z.min target (mul_div (sold * market) (s_reserve s) RAY Ceil))).

(** The ends of an auction that opens or restarts at an instant (ENG-8). *)
Definition ends (w : width) (s : english_sale) (at_ stage : Z) : result (Z * Z) :=
  match later w at_ (s_lasts s), later w at_ (hard_end_of s) with
  | Some ends_at, Some hard_ends_at => Ok (ends_at, hard_ends_at)
  | _, _ => No (OutOfRange (EndOfAuction stage))
  end.

Definition reached_end (e : edges) (end_ at_ : Z) : bool :=
  match e with Strict => end_ <? at_ | HalfOpen => end_ <=? at_ end.

(** Whether the standing bid has won: its time is over, or the auction's (ENG-9). *)
Definition is_won (e : edges) (l : english_lot) (at_ : Z) : bool :=
  match e_bid_expires_at l with
  | Some expires => reached_end e (Z.min expires (e_ends_at l)) at_
  | None => false
  end.

(** Starts again what nobody bid for (ENG-10). *)
Definition restart (version : Z) (w : width) (s : english_sale) (l : english_lot) (at_ market : Z) :
  result (list event) :=
  let! reserve :=
    match e_goods l with
    | OfCollateral asset _ _ => reserve_of s asset (e_sold l) (e_target l) market
    | _ => Ok (e_reserve l)
    end in
  guard (reached_end (s_bid_edges s) (e_ends_at l) at_) (NotOver (e_ends_at l))
  (match e_bidder l with
   | Some bidder => No (AlreadyBid bidder)
   | None =>
       let grown := e_sold l * (WAD + s_growth s) in
       let is_minted := match e_goods l with OfDebt _ => true | _ => false end in
       guard (negb (is_minted && ((grown <? 0) || negb (fits w grown)))) (OutOfRange RestartSells)
       (let! (ends_at, hard_ends_at) := ends w s at_ 528 in
        Ok [Restarted (about_english version at_ l) ends_at hard_ends_at reserve
              (if is_minted then grown / WAD else e_sold l)])
   end).

(** Gives the winner what he won (ENG-9, ENG-14). *)
Definition settle (version : Z) (e : edges) (l : english_lot) (at_ : Z) : result (list event) :=
  let a := about_english version at_ l in
  match (if is_won e l at_ then e_bidder l else None) with
  | None => No (NotWon (e_bid_expires_at l) (e_ends_at l))
  | Some bidder =>
      let is_repaid := match e_held l with Escrow => is_collateral (e_goods l) | Income => false end in
      let (repaid, penalty) := if is_repaid then principal_first (e_bid l) (e_debt l) else (0, 0) in
      Ok (Settled a bidder (e_bid l) (e_sold l) repaid penalty (e_held l) (e_loss_at l)
          :: if is_collateral (e_goods l)
             then [Closed a 0 (e_debt l - repaid) (e_target l - e_bid l) (e_loss_at l) (e_target l)]
             else [])
  end.

(** Hands back what is left of a lot and repays the standing bid (ENG-11). *)
Definition cancel_english (version : Z) (l : english_lot) (at_ : Z) : result (list event) :=
  let a := about_english version at_ l in
  let back :=
    match e_bidder l with
    | Some bidder => if e_bid l =? 0 then None else Some (Refund bidder (e_bid l))
    | None => None
    end in
  if is_collateral (e_goods l) then
    guard (e_bid l <? e_target l) (AlreadySold (e_bid l))
    (Ok [Cancelled a (e_sold l) (e_debt l) (e_target l) back (e_held l) (e_loss_at l)])
  else Ok [Stopped a (e_bid l) (e_sold l) back (e_held l)].

Definition decide_english (version : Z) (w : width) (s : english_sale) (level : Z) (l : english_lot)
  (c : lot_command) : result (list event) :=
  admitted level (e_last_at l) (e_ended l) c
  (match c with
   | Raise at_ bidder bid sold => raise version w s l at_ bidder bid sold
   | Shrink at_ bidder bid sold => shrink version w s l at_ bidder bid sold
   | Restart at_ market => restart version w s l at_ market
   | Settle at_ => settle version (s_bid_edges s) l at_
   | Cancel at_ => cancel_english version l at_
   | _ => No WrongAuction
   end).

(** An auction after what happened to it (ENG-12). *)
Definition evolve_english (l : english_lot) (e : event) : english_lot :=
  let next sold bid bidder expires ends_at hard_ends_at reserve debt target last_at ended :=
    EnglishLot (e_id l) (e_line l) (e_terms l) (e_goods l) sold bid bidder expires ends_at hard_ends_at reserve
               (e_held l) debt target (e_loss_at l) (e_binding l) last_at ended in
  match e with
  | Raised a s repaid _ =>
      next (e_sold l) (g_bid s) (Some (g_bidder s)) (Some (g_expires_at s)) (g_ends_at s) (e_hard_ends_at l)
           (e_reserve l) (e_debt l - repaid) (e_target l) (a_at a) (e_ended l)
  | Shrunk a s sold _ =>
      next sold (g_bid s) (Some (g_bidder s)) (Some (g_expires_at s)) (g_ends_at s) (e_hard_ends_at l)
           (e_reserve l) (e_debt l) (e_target l) (a_at a) (e_ended l)
  | Restarted a ends_at hard_ends_at reserve sold =>
      next sold (e_bid l) (e_bidder l) (e_bid_expires_at l) ends_at hard_ends_at reserve
           (e_debt l) (e_target l) (a_at a) (e_ended l)
  | Settled a _ _ _ repaid _ _ _ =>
      next 0 (e_bid l) (e_bidder l) (e_bid_expires_at l) (e_ends_at l) (e_hard_ends_at l) (e_reserve l)
           (e_debt l - repaid) (e_target l) (a_at a) (negb (is_collateral (e_goods l)))
  | Closed a _ _ _ _ _ | Cancelled a _ _ _ _ _ _ | Stopped a _ _ _ _ =>
      next 0 (e_bid l) (e_bidder l) (e_bid_expires_at l) (e_ends_at l) (e_hard_ends_at l) (e_reserve l)
           0 0 (a_at a) true
  | _ => l
  end.
