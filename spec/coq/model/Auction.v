(** Auction: one step over terms, whatever the kind of auction: open, decide, evolve.

    The model of [src/core/Auction.ts]; the rules are HOU-1 to HOU-6, HOU-11, SEI-6, SEI-7, SEI-11, SEI-12. *)

From Coq Require Import ZArith List Bool String.
From Knockdown.model Require Import Fixed Terms Event Reward Dutch English Position Seizure House.
Import ListNotations.
Open Scope Z_scope.

(** The place of a refusal in the order of checks, of those that the opening of one lot can meet. *)
Definition stage (r : refusal) : Z :=
  match r with
  | NoMarketPrice _ => 380
  | NoStartPrice _ | OutOfRange StartPrice => 390
  | OutOfRange (EndOfAuction at_) => at_
  | OutOfRange RewardFormed => 395
  | _ => 0
  end.

(** How a part of a seizure starts its sale (DUT-9, ENG-7, ENG-8). *)
Definition start_of (t : terms) (x : part) (at_ : Z) : result start :=
  let asset := c_asset (x_collateral x) in
  match c_sale (x_collateral x) with
  | ByPrice s =>
      let! start_price := start_price_of t s asset (x_market x) in Ok (StartDutch start_price)
  | ByBids s =>
      let! reserve := reserve_of s asset (x_amount x) (x_target x) (x_market x) in
      let! (ends_at, hard_ends_at) := ends (t_width t) s at_ 390 in
      Ok (StartEnglish ends_at hard_ends_at reserve (s_held s))
  end.

(** The opening of one lot of several: the [i]-th, from zero. *)
Definition open_part (t : terms) (l : line) (position owner : string) (at_ : Z) (keeper : string) (x : part) (i : Z) :
  result event :=
  let! begun := start_of t x at_ in
  let! reward := for_opening t (x_debt x) (x_target x) (i =? 0) in
  Ok (Opened
        (About (LotName (t_line t) (l_opened l + i + 1)) (t_line t) at_ (t_version t)
               (OfCollateral (c_asset (x_collateral x)) position owner))
        (OpenedWith (x_amount x) (x_shares x) (x_debt x) (x_target x) (t_loss_at t) (t_binding t) begun
                    keeper reward (r_payer (t_reward t)))).

(** All that went well, or the refusal of the lowest stage, the first of equals. *)
Fixpoint all_or_first (rs : list (result event)) : result (list event) :=
  match rs with
  | [] => Ok []
  | one :: rest =>
      match one, all_or_first rest with
      | Ok e, Ok es => Ok (e :: es)
      | Ok _, No r => No r
      | No r, Ok _ => No r
      | No r, No later => No (if stage later <? stage r then later else r)
      end
  end.

Fixpoint open_parts (t : terms) (l : line) (position owner : string) (at_ : Z) (keeper : string) (xs : list part) (i : Z) :
  list (result event) :=
  match xs with
  | [] => []
  | x :: rest => open_part t l position owner at_ keeper x i :: open_parts t l position owner at_ keeper rest (i + 1)
  end.

(** The lots that parts are put up in (HOU-4, SEI-6, SEI-12, SEI-7). *)
Definition put_up (t : terms) (l : line) (position owner : string) (at_ : Z) (keeper : string) (xs : list part) :
  result (list event) :=
  guard (l_level l <? 1) (Halted (l_level l))
  (guard (forallb (fun x => (0 <? x_target x) && (0 <=? x_debt x) && (0 <=? x_shares x)) xs) NoTarget
  (guard (forallb (fun x => 0 <? x_amount x) xs) NoCollateral
  (guard (negb (String.eqb owner "")) NoOwner
  (all_or_first (open_parts t l position owner at_ keeper xs 0))))).

(** The lots of collateral that is in hand already (SEI-12). A part's collateral is the terms' own of its asset. *)
Definition start_lots (t : terms) (l : line) (position owner : string) (at_ : Z) (keeper : string) (xs : list part) :
  result (list event) :=
  let numbers := flat_map (fun x => [x_amount x; x_debt x; x_shares x; x_target x]) xs in
  guard (l_version l =? t_version t) (OtherTerms (Version (l_version l)) (Version (t_version t)))
  (match find (fun x => match sale_of t (c_asset (x_collateral x)) with None => true | Some _ => false end) xs with
   | Some x => No (OtherTerms (Name (c_asset (x_collateral x))) (Name (t_line t)))
   | None =>
       guard (is_time at_ (l_last_at l)) (BadTime at_ (l_last_at l))
       (guard (forallb (fits (t_width t)) (numbers ++ [l_in_flight l + sum (map x_target xs)])) (OutOfRange MoneyInFlight)
       (put_up t l position owner at_ keeper xs))
   end).

(** The lots that an unsafe position's collateral is put up in, or the first rule that this breaks. *)
Definition open (t : terms) (k : house) (p : position) (quotes : list quote) (at_ : Z) (keeper : string) :
  result (list event) :=
  match line_of k (t_line t) with
  | None => No (NoSuchLine (t_line t))
  | Some l =>
      guard (String.eqb (p_line p) (t_line t)) (OtherTerms (Name (t_line t)) (Name (p_line p)))
      (guard (l_version l =? t_version t) (OtherTerms (Version (l_version l)) (Version (t_version t)))
      (guard (is_time at_ (last_of k (Some l))) (BadTime at_ (last_of k (Some l)))
      (guard (k_opens k) HouseClosed
      (liquidatable t p quotes
      (let! xs := plan t p quotes (k_ceiling k - k_in_flight k) (t_ceiling t - l_in_flight l) in
       guard (fits (t_width t) (k_in_flight k + sum (map x_target xs))) (OutOfRange MoneyInFlight)
       (put_up t l (p_id p) (p_owner p) at_ keeper xs))))))
  end.

Definition id_of (l : lot) : lot_name := match l with ByFalling d => d_id d | ByBidding e => e_id e end.
Definition line_name (l : lot) : string := match l with ByFalling d => d_line d | ByBidding e => e_line e end.
Definition version_of (l : lot) : Z := match l with ByFalling d => d_terms d | ByBidding e => e_terms e end.
Definition binding_of (l : lot) : binding := match l with ByFalling d => d_binding d | ByBidding e => e_binding e end.
Definition goods_of (l : lot) : goods := match l with ByFalling d => d_goods d | ByBidding e => e_goods e end.

(** A lot whose asset is no longer sold as it was can still be settled, half open, or handed back (HOU-2). *)
Definition way_out (t : terms) (l : lot) (c : lot_command) (otherwise : refusal) : result (list event) :=
  match l, c with
  | ByFalling d, Cancel at_ => admitted 0 (d_last_at d) (d_ended d) c (Ok (cancel_dutch t d at_))
  | ByBidding e, Cancel at_ => admitted 0 (e_last_at e) (e_ended e) c (cancel_english (t_version t) e at_)
  | ByBidding e, Settle at_ => admitted 0 (e_last_at e) (e_ended e) c (settle (t_version t) HalfOpen e at_)
  | _, _ => No otherwise
  end.

(** The events that a command to a lot of collateral causes, or the first rule that it breaks. *)
Definition decide (t : terms) (level : Z) (l : lot) (c : lot_command) : result (list event) :=
  let bound := match binding_of l with AtOpening => version_of l =? t_version t | InForce => true end in
  guard (String.eqb (line_name l) (t_line t)) (OtherTerms (Name (line_name l)) (Name (t_line t)))
  (guard bound (OtherTerms (Version (version_of l)) (Version (t_version t)))
  (match goods_of l with
   | OfCollateral asset _ _ =>
       match sale_of t asset, l with
       | Some (ByPrice s), ByFalling d => decide_dutch t s level d c
       | Some (ByBids s), ByBidding e => decide_english (t_version t) (t_width t) s level e c
       | _, _ => way_out t l c (OtherTerms (Name asset) (Name (t_line t)))
       end
   | OfSurplus token | OfDebt token => No (OtherTerms (Name token) (Name (t_line t)))
   end)).

(** The lot that an opening puts up for sale. *)
Definition lot_of (e : event) : option lot :=
  match e with
  | Opened a o =>
      Some (match o_start o with
            | StartDutch start_price =>
                ByFalling (DutchLot (a_lot a) (a_line a) (a_terms a) (a_goods a) (o_collateral o) (o_debt o)
                  (o_target o) start_price (a_at a) (o_reward o) (o_loss_at o) (o_binding o) (a_at a) false)
            | StartEnglish ends_at hard_ends_at reserve h =>
                ByBidding (EnglishLot (a_lot a) (a_line a) (a_terms a) (a_goods a) (o_collateral o) 0 None None
                  ends_at hard_ends_at reserve h (o_debt o) (o_target o) (o_loss_at o) (o_binding o) (a_at a) false)
            end)
  | SurplusOpened a sold reserve ends_at hard_ends_at =>
      Some (ByBidding (EnglishLot (a_lot a) (a_line a) (a_terms a) (a_goods a) sold 0 None None ends_at hard_ends_at
              reserve Escrow 0 0 AtClose InForce (a_at a) false))
  | DebtOpened a bid sold ends_at hard_ends_at h =>
      Some (ByBidding (EnglishLot (a_lot a) (a_line a) (a_terms a) (a_goods a) sold bid None None ends_at hard_ends_at
              0 h 0 0 AtClose InForce (a_at a) false))
  | _ => None
  end.

(** A lot after an event of its own kind (DUT-10, ENG-12). *)
Definition evolve_lot (l : lot) (e : event) : lot :=
  match l with
  | ByFalling d => ByFalling (evolve_dutch d e)
  | ByBidding b => ByBidding (evolve_english b e)
  end.
