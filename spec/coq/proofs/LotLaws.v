(** What a command to one lot does: its events fit the lot as it stands, and move what its account holds. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Curve Terms Event Reward Dutch English Position House Auction Treasury Ledger Book.
From Knockdown.proofs Require Import FixedLaws CurveLaws SaleLaws Accounts.
Import ListNotations.
Open Scope Z_scope.

(* What is compared by unfolding: the commands first, what they are made of last. *)
Strategy expand [take sold status reset cancel_dutch decide_dutch raise shrink restart settle cancel_english decide_english
                 way_out decide decide_lot admitted].
Strategy 1000 [bind guard].
Strategy 2000 [price_at share_at price_of is_shallow fits mul_div sale_at wanted_of].

(** ** What is left of a lot *)

Definition debt_left (l : lot) : Z := match l with ByFalling d => d_debt d | ByBidding e => e_debt e end.
Definition goods_left (l : lot) : Z := match l with ByFalling d => d_collateral d | ByBidding e => e_sold e end.
Definition target_left (l : lot) : Z := match l with ByFalling d => d_target d | ByBidding e => e_target e end.
Definition is_over (l : lot) : bool := match l with ByFalling d => d_ended d | ByBidding e => e_ended e end.
Definition last_time (l : lot) : Z := match l with ByFalling d => d_last_at d | ByBidding e => e_last_at e end.

(** ** Answers *)

Lemma guard_ok : forall {A : Type} b r (next : result A) a, guard b r next = Ok a -> b = true /\ next = Ok a.
Proof. intros A [] r next a H; [auto | discriminate]. Qed.

Lemma bind_ok : forall {A B : Type} (x : result A) (f : A -> result B) b,
  bind x f = Ok b -> exists a, x = Ok a /\ f a = Ok b.
Proof. intros A B [a | r] f b H; [eauto | discriminate]. Qed.

Lemma guard_true : forall {A : Type} r (next : result A), guard true r next = next.
Proof. reflexivity. Qed.

Lemma bind_of_ok : forall {A B : Type} (a : A) (f : A -> result B), bind (Ok a) f = f a.
Proof. reflexivity. Qed.

(** Takes an answer that was given apart, check by check. *)
Ltac answered H :=
  repeat match type of H with
  | guard _ _ _ = Ok _ => let G := fresh "G" in apply guard_ok in H; destruct H as [G H]
  | bind _ _ = Ok _ => let a := fresh "a" in let B := fresh "B" in apply bind_ok in H; destruct H as [a [B H]]
  | No _ = Ok _ => discriminate H
  | Ok _ = Ok _ => injection H as H
  | (let (_, _) := ?p in _) = Ok _ => destruct p
  | admitted _ _ _ _ _ = Ok _ => unfold admitted in H
  end.

(** ** Events that fit a lot *)

(** An event is about a lot. *)
Definition about_lot (l : lot) (a : about) : Prop :=
  a_lot a = id_of l /\ a_line a = line_name l /\ a_goods a = goods_of l.

(** An event says of a lot what is so, and takes from it what is there to be booked. *)
Definition fits_lot (l : lot) (e : event) : Prop :=
  match l, e with
  | ByFalling d, Taken a _ _ _ _ _ h => about_lot l a /\ h = d_loss_at d
  | ByFalling d, Reset a _ _ _ _ => about_lot l a
  | ByFalling d, Closed a returned bad_debt shortfall h released =>
      about_lot l a /\ h = d_loss_at d /\ returned = d_collateral d /\ bad_debt = d_debt d /\
      shortfall = d_target d /\ released = d_target d
  | ByFalling d, Cancelled a collateral debt released r h g =>
      about_lot l a /\ g = d_loss_at d /\ collateral = d_collateral d /\ debt = d_debt d /\ released = d_target d /\
      r = None
  | ByBidding b, Raised a s repaid penalty =>
      about_lot l a /\ is_debt (e_goods b) = false /\ g_held s = e_held b /\ g_loss_at s = e_loss_at b /\
      g_paid s = (if is_standing_of b (g_bidder s) then g_bid s - e_bid b else g_bid s) /\
      g_outbid s = outbid_by b (g_bidder s) /\
      (is_collateral (e_goods b) && is_income (e_held b) = false -> repaid = 0 /\ penalty = 0) /\
      (is_collateral (e_goods b) && is_income (e_held b) = true -> repaid + penalty = g_bid s - e_bid b)
  | ByBidding b, Shrunk a s sold freed =>
      about_lot l a /\ is_surplus (e_goods b) = false /\ g_held s = e_held b /\ g_loss_at s = e_loss_at b /\
      g_bid s = e_bid b /\
      g_paid s = (if is_standing_of b (g_bidder s) then 0 else g_bid s) /\
      g_outbid s = outbid_by b (g_bidder s) /\ freed = e_sold b - sold
  | ByBidding b, Restarted a _ _ _ sold =>
      about_lot l a /\ e_bidder b = None /\ (is_debt (e_goods b) = false -> sold = e_sold b)
  | ByBidding b, Settled a bidder bid sold repaid penalty h g =>
      about_lot l a /\ h = e_held b /\ g = e_loss_at b /\ e_bidder b = Some bidder /\ bid = e_bid b /\ sold = e_sold b /\
      (is_collateral (e_goods b) && negb (is_income (e_held b)) = false -> repaid = 0 /\ penalty = 0) /\
      (is_collateral (e_goods b) && negb (is_income (e_held b)) = true -> repaid + penalty = bid)
  | ByBidding b, Closed a returned bad_debt _ h released =>
      about_lot l a /\ is_collateral (e_goods b) = true /\ h = e_loss_at b /\ returned = 0 /\ e_sold b = 0 /\
      bad_debt = e_debt b /\ released = e_target b
  | ByBidding b, Cancelled a collateral debt released r h g =>
      about_lot l a /\ is_collateral (e_goods b) = true /\ h = e_held b /\ g = e_loss_at b /\
      collateral = e_sold b /\ debt = e_debt b /\ released = e_target b /\
      r = match e_bidder b with Some who => if e_bid b =? 0 then None else Some (Refund who (e_bid b)) | None => None end
  | ByBidding b, Stopped a bid sold r h =>
      about_lot l a /\ is_collateral (e_goods b) = false /\ h = e_held b /\ bid = e_bid b /\ sold = e_sold b /\
      r = match e_bidder b with Some who => if e_bid b =? 0 then None else Some (Refund who (e_bid b)) | None => None end
  | _, _ => False
  end.

(** Events that fit a lot one after the other. *)
Fixpoint fit (l : lot) (es : list event) : Prop :=
  match es with
  | [] => True
  | e :: rest => fits_lot l e /\ fit (evolve_lot l e) rest
  end.

Lemma fit_one : forall l e, fits_lot l e -> fit l [e].
Proof. cbn. auto. Qed.

(** ** What is decided fits *)

Lemma about_dutch_lot : forall version at_ d, about_lot (ByFalling d) (about_dutch version at_ d).
Proof. repeat split. Qed.

Lemma about_english_lot : forall version at_ b, about_lot (ByBidding b) (about_english version at_ b).
Proof. repeat split. Qed.

Lemma take_fits : forall t s d at_ bidder w limit at_least es,
  take t s d at_ bidder w limit at_least = Ok es -> fit (ByFalling d) es.
Proof.
  intros * H. unfold take in H. answered H.
  subst es. cbn [fit]. split.
  - cbn [fits_lot]. split; [apply about_dutch_lot | reflexivity].
  - destruct (ends_with d a); [| exact I]. cbn [fit evolve_lot evolve_dutch fits_lot].
    split; [| exact I]. repeat split.
Qed.

Lemma reset_fits : forall t s d at_ keeper market es,
  reset t s d at_ keeper market = Ok es -> fit (ByFalling d) es.
Proof. intros * H. unfold reset in H. answered H. subst es. apply fit_one. apply about_dutch_lot. Qed.

Lemma cancel_dutch_fits : forall t d at_, fit (ByFalling d) (cancel_dutch t d at_).
Proof. intros. apply fit_one. repeat split. Qed.

Lemma decide_dutch_fits : forall t s level d c es, decide_dutch t s level d c = Ok es -> fit (ByFalling d) es.
Proof.
  intros * H. unfold decide_dutch in H. answered H. destruct c; try discriminate.
  - eapply take_fits; eassumption.
  - eapply reset_fits; eassumption.
  - injection H as <-. apply cancel_dutch_fits.
Qed.

Lemma open_to_bids_ok : forall {A : Type} b at_ (next : result A) a, open_to_bids b at_ next = Ok a ->
  next = Ok a /\ at_ < e_ends_at b /\ (forall expires, e_bid_expires_at b = Some expires -> at_ < expires).
Proof.
  intros * H. unfold open_to_bids in H. destruct (e_bid_expires_at b) as [expires |].
  - answered H. apply Z.ltb_lt in G, G0. repeat split; try assumption. intros x [= <-]. assumption.
  - answered H. apply Z.ltb_lt in G. repeat split; try assumption. discriminate.
Qed.

Lemma raise_ok : forall version w s b at_ bidder bid sold es, raise version w s b at_ bidder bid sold = Ok es ->
  is_debt (e_goods b) = false /\ at_ < e_ends_at b /\ sold = e_sold b /\ e_bid b < bid /\
  (forall target, cap_of b = Some target -> bid <= target) /\ e_reserve b <= bid /\
  ((WAD + s_min_raise s) * e_bid b <= bid * WAD \/ is_cap b bid = true) /\
  exists expires repaid penalty,
  later w at_ (s_bid_lasts s) = Some expires /\
  (repaid, penalty) = (if is_collateral (e_goods b) && is_income (e_held b)
                       then principal_first (bid - e_bid b) (e_debt b) else (0, 0)) /\
  es = [Raised (about_english version at_ b)
          (Standing bidder (e_held b) (e_loss_at b) bid (if is_standing_of b bidder then bid - e_bid b else bid)
             (outbid_by b bidder) expires (extended s b at_)) repaid penalty].
Proof.
  intros * H. unfold raise in H.
  assert (D : is_debt (e_goods b) = false) by (destruct (e_goods b); [reflexivity | reflexivity | discriminate]).
  assert (H' : open_to_bids b at_
      (guard (sold =? e_sold b) (NotWhatStands (e_sold b) sold)
      (guard (match cap_of b with Some target => bid <=? target | None => true end) (AboveTarget bid (e_target b))
      (guard (e_bid b <? bid) (NotBetter bid (e_bid b))
      (match step_of w s (e_bid b) bid with
       | TooLarge => No (OutOfRange StepOfBid)
       | reached =>
           guard (match reached with TooSmall => is_cap b bid | _ => true end) (TooSmallStep bid (e_bid b))
           (guard (e_reserve b <=? bid) (BelowReserve bid (e_reserve b))
           (match later w at_ (s_bid_lasts s) with
            | None => No (OutOfRange TimeOfBid)
            | Some expires =>
                let is_income := match e_held b with Income => is_collateral (e_goods b) | Escrow => false end in
                let (repaid, penalty) := if is_income then principal_first (bid - e_bid b) (e_debt b) else (0, 0) in
                Ok [Raised (about_english version at_ b)
                      (Standing bidder (e_held b) (e_loss_at b) bid
                         (if is_standing_of b bidder then bid - e_bid b else bid)
                         (outbid_by b bidder) expires (extended s b at_))
                      repaid penalty]
            end))
       end)))) = Ok es) by (destruct (e_goods b); [exact H | exact H | discriminate]).
  clear H. apply open_to_bids_ok in H'. destruct H' as [H [T _]]. answered H.
  apply Z.eqb_eq in G. apply Z.ltb_lt in G1.
  assert (C : forall target, cap_of b = Some target -> bid <= target).
  { intros target C. rewrite C in G0. now apply Z.leb_le in G0. }
  unfold step_of in H.
  destruct (fits w ((WAD + s_min_raise s) * e_bid b) && fits w (bid * WAD)); [| discriminate].
  destruct (bid * WAD <? (WAD + s_min_raise s) * e_bid b) eqn:S; answered H;
    apply Z.leb_le in G3;
    (destruct (later w at_ (s_bid_lasts s)) as [expires |]; [| discriminate]).
  all: rewrite ?Z.ltb_lt, ?Z.ltb_ge in S.
  all: repeat (split; [first [assumption | auto; fail | now left | now right] |]).
  all: exists expires;
    destruct (e_held b); cbn [is_income] in *; rewrite ?andb_false_r, ?andb_true_r;
    try (exists 0, 0; injection H as <-; repeat split; fail);
    destruct (is_collateral (e_goods b)); cbn [andb];
    try (exists 0, 0; injection H as <-; repeat split; fail);
    unfold principal_first in *; injection H as <-; do 2 eexists; repeat split.
Qed.

Lemma raise_fits : forall version w s b at_ bidder bid sold es,
  raise version w s b at_ bidder bid sold = Ok es -> fit (ByBidding b) es.
Proof.
  intros * H. apply raise_ok in H.
  destruct H as (D & _ & _ & _ & _ & _ & _ & expires & repaid & penalty & _ & P & ->).
  apply fit_one. cbn [fits_lot g_held g_loss_at g_paid g_outbid g_bid g_bidder].
  repeat split; try assumption; intros;
    match goal with E : (_ && _)%bool = _ |- _ => rewrite E in P end;
    unfold principal_first in P; injection P as -> ->; lia.
Qed.

Lemma shrink_ok : forall version w s b at_ bidder bid sold es, shrink version w s b at_ bidder bid sold = Ok es ->
  is_surplus (e_goods b) = false /\ at_ < e_ends_at b /\ bid = e_bid b /\
  (forall target, cap_of b = Some target -> bid = target) /\ 0 <= sold < e_sold b /\
  (WAD + s_min_raise s) * sold <= e_sold b * WAD /\
  exists expires,
  later w at_ (s_bid_lasts s) = Some expires /\
  es = [Shrunk (about_english version at_ b)
          (Standing bidder (e_held b) (e_loss_at b) bid (if is_standing_of b bidder then 0 else bid)
             (outbid_by b bidder) expires (extended s b at_)) sold (e_sold b - sold)].
Proof.
  intros * H. unfold shrink in H.
  destruct (e_goods b) eqn:E; try discriminate;
    apply open_to_bids_ok in H; destruct H as [H [T _]]; answered H;
    apply Z.eqb_eq in G; apply andb_true_iff in G1; rewrite Z.ltb_lt, Z.leb_le in G1;
    unfold step_of in H;
    (destruct (fits w ((WAD + s_min_raise s) * sold) && fits w (e_sold b * WAD)); [| discriminate]);
    (destruct (e_sold b * WAD <? (WAD + s_min_raise s) * sold) eqn:S; [discriminate |]);
    apply Z.ltb_ge in S;
    (destruct (later w at_ (s_bid_lasts s)) as [expires |]; [| discriminate]);
    injection H as <-; cbn [is_surplus];
    (repeat split; try lia;
     [intros target C; rewrite C in G0; now apply Z.eqb_eq in G0 | exists expires; split; reflexivity]).
Qed.

Lemma shrink_fits : forall version w s b at_ bidder bid sold es,
  shrink version w s b at_ bidder bid sold = Ok es -> fit (ByBidding b) es.
Proof.
  intros * H. apply shrink_ok in H. destruct H as (D & _ & B & _ & _ & _ & expires & _ & ->).
  apply fit_one. cbn [fits_lot g_held g_loss_at g_paid g_outbid g_bid g_bidder]. repeat split; assumption.
Qed.

Lemma restart_fits : forall version w s b at_ market es,
  restart version w s b at_ market = Ok es -> fit (ByBidding b) es.
Proof.
  intros * H. unfold restart in H. apply bind_ok in H. destruct H as [reserve [_ H]]. answered H.
  destruct (e_bidder b) eqn:B; [discriminate |]. answered H. subst es.
  apply fit_one. cbn [fits_lot]. repeat split; [exact B |].
  intros D. destruct (e_goods b); try discriminate; reflexivity.
Qed.

Lemma settle_ok : forall version ed b at_ es, settle version ed b at_ = Ok es ->
  exists bidder repaid penalty,
  is_won ed b at_ = true /\ e_bidder b = Some bidder /\
  (repaid, penalty) = (if is_collateral (e_goods b) && negb (is_income (e_held b))
                       then principal_first (e_bid b) (e_debt b) else (0, 0)) /\
  es = Settled (about_english version at_ b) bidder (e_bid b) (e_sold b) repaid penalty (e_held b) (e_loss_at b)
       :: if is_collateral (e_goods b)
          then [Closed (about_english version at_ b) 0 (e_debt b - repaid) (e_target b - e_bid b)
                  (e_loss_at b) (e_target b)]
          else [].
Proof.
  intros * H. unfold settle in H. destruct (is_won ed b at_); [| discriminate].
  destruct (e_bidder b) as [bidder |]; [| discriminate]. exists bidder.
  destruct (e_held b); cbn [is_income negb] in *; rewrite ?andb_false_r, ?andb_true_r.
  - destruct (is_collateral (e_goods b)); unfold principal_first in *; injection H as <-; do 2 eexists; repeat split.
  - injection H as <-. do 2 eexists. repeat split.
Qed.

Lemma settle_fits : forall version ed b at_ es, settle version ed b at_ = Ok es -> fit (ByBidding b) es.
Proof.
  intros * H. apply settle_ok in H. destruct H as (bidder & repaid & penalty & W & B & P & ->).
  cbn [fit]. split.
  - cbn [fits_lot]. repeat split; try assumption; intros;
      match goal with E : (_ && _)%bool = _ |- _ => rewrite E in P end;
      unfold principal_first in P; injection P as -> ->; lia.
  - destruct (is_collateral (e_goods b)) eqn:C; [| exact I].
    cbn [fit evolve_lot evolve_english]. split; [| exact I]. cbn [fits_lot]. repeat split. exact C.
Qed.

Lemma cancel_english_fits : forall version b at_ es, cancel_english version b at_ = Ok es -> fit (ByBidding b) es.
Proof.
  intros * H. unfold cancel_english in H. destruct (is_collateral (e_goods b)) eqn:C; answered H; subst es;
    apply fit_one; cbn [fits_lot]; repeat split; exact C.
Qed.

Lemma decide_english_fits : forall version w s level b c es,
  decide_english version w s level b c = Ok es -> fit (ByBidding b) es.
Proof.
  intros * H. unfold decide_english in H. answered H. destruct c; try discriminate.
  - eapply raise_fits; eassumption.
  - eapply shrink_fits; eassumption.
  - eapply restart_fits; eassumption.
  - eapply settle_fits; eassumption.
  - eapply cancel_english_fits; eassumption.
Qed.

Lemma way_out_fits : forall t l c otherwise es, way_out t l c otherwise = Ok es -> fit l es.
Proof.
  intros * H. unfold way_out in H. destruct l, c; try discriminate; answered H.
  - subst es. apply cancel_dutch_fits.
  - eapply settle_fits; eassumption.
  - eapply cancel_english_fits; eassumption.
Qed.

Lemma decide_fits : forall t level l c es, decide t level l c = Ok es -> fit l es.
Proof.
  intros * H. unfold decide in H. answered H.
  destruct (goods_of l); try discriminate.
  destruct (sale_of t asset) as [[s | s] |]; destruct l;
    first [eapply decide_dutch_fits; eassumption | eapply decide_english_fits; eassumption
          | eapply way_out_fits; eassumption].
Qed.

(** Whatever is decided of a lot fits it, event by event. *)
Lemma decide_lot_fits : forall b l c es, decide_lot b l c = Ok es -> fit l es.
Proof.
  intros * H. unfold decide_lot in H.
  destruct l as [d | e].
  - destruct (goods_of (ByFalling d));
      (destruct (terms_of b (ByFalling d)); [| discriminate]);
      (destruct (line_of (b_house b) (line_name (ByFalling d))); [| discriminate]);
      eapply decide_fits; eassumption.
  - destruct (goods_of (ByBidding e)) eqn:G; try (eapply decide_english_fits; eassumption).
    destruct (terms_of b (ByBidding e)); [| discriminate].
    destruct (line_of (b_house b) (line_name (ByBidding e))); [| discriminate].
    eapply decide_fits; eassumption.
Qed.
