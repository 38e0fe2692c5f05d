(** What is proved of auctions by bids, in their three uses: ENG-1 to ENG-15. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Curve Terms Event Dutch English Position House Auction Treasury Ledger Book.
From Knockdown.proofs Require Import FixedLaws Accounts LotLaws Bounds Effects.
Import ListNotations.
Open Scope Z_scope.

(** The bid that stands, and whose. *)
Definition stands (b : english_lot) (who : string) : Z :=
  match e_bidder b with Some one => if String.eqb one who then e_bid b else 0 | None => 0 end.

(** ENG-1: a bid comes before the standing one expires, and before the lot ends. *)
Theorem ENG_1_raise : forall version w s b at_ bidder bid sold es,
  raise version w s b at_ bidder bid sold = Ok es -> at_ < e_ends_at b.
Proof. intros * H. apply raise_ok in H. tauto. Qed.

Theorem ENG_1_shrink : forall version w s b at_ bidder bid sold es,
  shrink version w s b at_ bidder bid sold = Ok es -> at_ < e_ends_at b.
Proof. intros * H. apply shrink_ok in H. tauto. Qed.

Theorem ENG_1_expiry : forall (A : Type) b at_ (next : result A) a expires,
  open_to_bids b at_ next = Ok a -> e_bid_expires_at b = Some expires -> at_ < expires.
Proof. intros * H E. apply open_to_bids_ok in H. destruct H as (_ & _ & H). now apply H. Qed.

(** ENG-2: a Raise names exactly what is sold, a Shrink exactly the bid that stands. *)
Theorem ENG_2_raise : forall version w s b at_ bidder bid sold es,
  raise version w s b at_ bidder bid sold = Ok es -> sold = e_sold b.
Proof. intros * H. apply raise_ok in H. tauto. Qed.

Theorem ENG_2_shrink : forall version w s b at_ bidder bid sold es,
  shrink version w s b at_ bidder bid sold = Ok es -> bid = e_bid b.
Proof. intros * H. apply shrink_ok in H. tauto. Qed.

(** ENG-3: what is asked for of collateral shrinks only once the whole target is bid. *)
Theorem ENG_3 : forall version w s b at_ bidder bid sold es, is_collateral (e_goods b) = true ->
  shrink version w s b at_ bidder bid sold = Ok es -> e_bid b = e_target b.
Proof.
  intros * C H. apply shrink_ok in H. destruct H as (_ & _ & D & T & _). unfold cap_of in T. rewrite C in T.
  now rewrite <- D, (T _ eq_refl).
Qed.

(** ENG-4: no bid for collateral is above the target. *)
Theorem ENG_4 : forall version w s b at_ bidder bid sold es, is_collateral (e_goods b) = true ->
  raise version w s b at_ bidder bid sold = Ok es -> bid <= e_target b.
Proof.
  intros * C H. apply raise_ok in H. destruct H as (_ & _ & _ & _ & T & _). unfold cap_of in T. rewrite C in T.
  exact (T _ eq_refl).
Qed.

(** ENG-5: a Raise bids more than stands; a Shrink asks for less than is sold, and for no less than nothing. *)
Theorem ENG_5_raise : forall version w s b at_ bidder bid sold es,
  raise version w s b at_ bidder bid sold = Ok es -> e_bid b < bid.
Proof. intros * H. apply raise_ok in H. tauto. Qed.

Theorem ENG_5_shrink : forall version w s b at_ bidder bid sold es,
  shrink version w s b at_ bidder bid sold = Ok es -> 0 <= sold < e_sold b.
Proof. intros * H. apply shrink_ok in H. tauto. Qed.

(** ENG-6: each bid makes a whole step, exactly, but one that reaches the target may make less. *)
Theorem ENG_6_raise : forall version w s b at_ bidder bid sold es,
  raise version w s b at_ bidder bid sold = Ok es ->
  (WAD + s_min_raise s) * e_bid b <= WAD * bid \/ (is_collateral (e_goods b) = true /\ bid = e_target b).
Proof.
  intros * H. apply raise_ok in H. destruct H as (_ & _ & _ & _ & _ & _ & [H | H] & _); [left; lia | right].
  unfold is_cap, cap_of in H. destruct (is_collateral (e_goods b)); [| discriminate].
  apply Z.eqb_eq in H. auto.
Qed.

Theorem ENG_6_shrink : forall version w s b at_ bidder bid sold es,
  shrink version w s b at_ bidder bid sold = Ok es -> (WAD + s_min_raise s) * sold <= WAD * e_sold b.
Proof. intros * H. apply shrink_ok in H. lia. Qed.

(** ENG-7: no bid is below the reserve, *)
Theorem ENG_7 : forall version w s b at_ bidder bid sold es,
  raise version w s b at_ bidder bid sold = Ok es -> e_reserve b <= bid.
Proof. intros * H. apply raise_ok in H. tauto. Qed.

(** which is a share of the market value, rounded up, but at most the target. *)
Theorem ENG_7_reserve : forall s asset sold target market reserve, 0 < s_reserve s ->
  reserve_of s asset sold target market = Ok reserve ->
  0 < market /\ reserve <= target /\
  (reserve = target \/ (reserve - 1) * RAY < sold * market * s_reserve s <= reserve * RAY).
Proof.
  intros * P H. unfold reserve_of in H. replace (s_reserve s <=? 0) with false in H by lia. answered H.
  apply Z.ltb_lt in G. pose proof (FIX_1_ceil (sold * market) (s_reserve s) RAY RAY_pos) as C.
  set (up := mul_div (sold * market) (s_reserve s) RAY Ceil) in *.
  assert (reserve = Z.min target up) as -> by (symmetry; exact H). clearbody up.
  split; [assumption |]. destruct (Z.min_spec target up) as [[A ->] | [A ->]]; split; try lia; auto.
Qed.

(** ENG-8: a bid moves the end to [by] after it, never earlier than it was, and never past the hard end. *)
Theorem ENG_8 : forall s b at_, e_ends_at b <= extended s b at_ <= Z.max (e_ends_at b) (e_hard_ends_at b).
Proof. intros. unfold extended. destruct (s_ending s); lia. Qed.

Theorem ENG_8_opening : forall w s at_ stage ends_at hard_ends_at, ends w s at_ stage = Ok (ends_at, hard_ends_at) ->
  ends_at = at_ + s_lasts s /\ hard_ends_at = at_ + hard_end_of s /\ ends_at <= hard_ends_at.
Proof.
  intros * H. unfold ends in H.
  destruct (later w at_ (s_lasts s)) as [x |] eqn:X; [| discriminate].
  destruct (later w at_ (hard_end_of s)) as [z |] eqn:Z0; [| discriminate]. injection H as <- <-.
  apply FIX_6 in X, Z0. destruct X as [-> _], Z0 as [-> _].
  unfold hard_end_of. destruct (s_ending s); lia.
Qed.

(** Whatever is bid, the end never passes the hard end. *)
Theorem ENG_8_hard : forall es b, e_ends_at b <= e_hard_ends_at b ->
  (forall e, In e es -> match e with
     | Raised a s _ _ | Shrunk a s _ _ => exists sale c, g_ends_at s = extended sale c (a_at a) /\
         e_ends_at c <= e_hard_ends_at b /\ e_hard_ends_at c = e_hard_ends_at b
     | Restarted _ _ _ _ _ => False
     | _ => True
     end) ->
  e_ends_at (fold_left evolve_english es b) <= e_hard_ends_at (fold_left evolve_english es b).
Proof.
  induction es as [| e es IH]; intros b B H; [exact B |]. cbn [fold_left].
  pose proof (H e (or_introl eq_refl)) as E.
  assert (K : e_hard_ends_at (evolve_english b e) = e_hard_ends_at b) by (destruct e; try contradiction; reflexivity).
  apply IH.
  - rewrite K. destruct e; try contradiction; cbn [evolve_english e_ends_at]; try exact B;
      destruct E as (sale & c & -> & L & M); pose proof (ENG_8 sale c (a_at a)); lia.
  - intros f F. specialize (H f (or_intror F)). rewrite K. exact H.
Qed.

(** ENG-9: a lot settles once a bid stands and has expired, or the lot has ended; *)
Theorem ENG_9 : forall version ed b at_ es, settle version ed b at_ = Ok es ->
  exists bidder expires, e_bidder b = Some bidder /\ e_bid_expires_at b = Some expires /\
  match ed with Strict => Z.min expires (e_ends_at b) < at_ | HalfOpen => Z.min expires (e_ends_at b) <= at_ end.
Proof.
  intros * H. apply settle_ok in H. destruct H as (bidder & repaid & penalty & W & B & _).
  unfold is_won in W. destruct (e_bid_expires_at b) as [expires |]; [| discriminate].
  exists bidder, expires. unfold reached_end in W. destruct ed; rewrite ?Z.ltb_lt, ?Z.leb_le in W; auto.
Qed.

(** at every instant, half open, either bidding or settling is open, where somebody's bid stands. *)
Theorem ENG_9_either : forall b at_ bidder expires, e_bidder b = Some bidder -> e_bid_expires_at b = Some expires ->
  is_won HalfOpen b at_ = true \/ (at_ < expires /\ at_ < e_ends_at b).
Proof.
  intros * B E. unfold is_won. rewrite E. cbn [reached_end].
  destruct (Z.leb_spec (Z.min expires (e_ends_at b)) at_); [auto | right; lia].
Qed.

(** Collateral closes with it: nothing returns to the owner, and what the bid left of the debt is bad. *)
Theorem ENG_9_closes : forall version ed b at_ es, is_collateral (e_goods b) = true -> settle version ed b at_ = Ok es ->
  exists a bidder repaid penalty, es =
    [Settled a bidder (e_bid b) (e_sold b) repaid penalty (e_held b) (e_loss_at b);
     Closed a 0 (e_debt b - repaid) (e_target b - e_bid b) (e_loss_at b) (e_target b)].
Proof.
  intros * C H. apply settle_ok in H. destruct H as (bidder & repaid & penalty & _ & _ & _ & ->). rewrite C.
  do 4 eexists. reflexivity.
Qed.

(** ENG-10: nobody has bid for what is restarted, and it is past its end; tokens grow, what is held does not. *)
Theorem ENG_10 : forall version w s b at_ market es, restart version w s b at_ market = Ok es ->
  e_bidder b = None /\ reached_end (s_bid_edges s) (e_ends_at b) at_ = true /\
  exists a ends_at hard_ends_at reserve sold, es = [Restarted a ends_at hard_ends_at reserve sold] /\
  sold = if is_debt (e_goods b) then e_sold b * (WAD + s_growth s) / WAD else e_sold b.
Proof.
  intros * H. unfold restart in H. apply bind_ok in H. destruct H as [reserve [_ H]]. answered H.
  destruct (e_bidder b); [discriminate |]. answered H. subst es. repeat split; try assumption.
  do 5 eexists. split; [reflexivity |]. destruct (e_goods b); reflexivity.
Qed.

(** ENG-11: a lot is cancelled at any time, unless it is collateral and the whole target is bid; what is left goes back
    and the standing bid is repaid. *)
Theorem ENG_11_refused : forall version b at_ r, cancel_english version b at_ = No r ->
  is_collateral (e_goods b) = true /\ e_target b <= e_bid b.
Proof.
  intros * H. unfold cancel_english in H. destruct (is_collateral (e_goods b)); [| discriminate].
  split; [reflexivity |]. destruct (Z.ltb_spec (e_bid b) (e_target b)); [discriminate | assumption].
Qed.

Theorem ENG_11_collateral : forall version b at_ es, is_collateral (e_goods b) = true ->
  cancel_english version b at_ = Ok es ->
  exists a back, es = [Cancelled a (e_sold b) (e_debt b) (e_target b) back (e_held b) (e_loss_at b)] /\
  forall who, refunded (match back with Some r => if String.eqb (f_bidder r) who then back else None | None => None end)
              = stands b who.
Proof.
  intros * C H. unfold cancel_english in H. rewrite C in H. answered H. subst es.
  do 2 eexists. split; [reflexivity |]. intros who. unfold stands, refunded.
  destruct (e_bidder b) as [one |]; [| reflexivity]. destruct (Z.eqb_spec (e_bid b) 0) as [-> | _]; cbn.
  - destruct (String.eqb one who); reflexivity.
  - destruct (String.eqb one who); reflexivity.
Qed.

(** ENG-12: a Raised or Shrunk sets the bid, the bidder, when it expires and the end; a Shrunk also what is sold. *)
Theorem ENG_12_raised : forall b a s repaid penalty,
  let b' := evolve_english b (Raised a s repaid penalty) in
  e_bid b' = g_bid s /\ e_bidder b' = Some (g_bidder s) /\ e_bid_expires_at b' = Some (g_expires_at s) /\
  e_ends_at b' = g_ends_at s /\ e_sold b' = e_sold b /\ e_debt b' = e_debt b - repaid.
Proof. intros. repeat split. Qed.

Theorem ENG_12_shrunk : forall b a s sold freed,
  let b' := evolve_english b (Shrunk a s sold freed) in
  e_bid b' = g_bid s /\ e_bidder b' = Some (g_bidder s) /\ e_sold b' = sold /\ e_debt b' = e_debt b.
Proof. intros. repeat split. Qed.

Theorem ENG_12_over : forall b e,
  match e with Closed _ _ _ _ _ _ | Cancelled _ _ _ _ _ _ _ | Stopped _ _ _ _ _ => True | _ => False end ->
  let b' := evolve_english b e in e_sold b' = 0 /\ e_debt b' = 0 /\ e_target b' = 0 /\ e_ended b' = true.
Proof. intros b e. destruct e; intros []; repeat split. Qed.

(** A lot that nobody bid for has no bid, but the fixed one for a loss; and surplus is sold for bids in escrow. *)
Definition in_turn (b : english_lot) : Prop :=
  (e_bidder b = None -> is_debt (e_goods b) = false -> e_bid b = 0) /\
  (is_surplus (e_goods b) = true -> e_held b = Escrow).

Theorem ENG_13_opening : forall e b, lot_of e = Some (ByBidding b) ->
  match e with DebtOpened a _ _ _ _ _ => is_debt (a_goods a) = true | SurplusOpened _ _ _ _ _ => True
             | Opened a _ => is_collateral (a_goods a) = true | _ => False end -> in_turn b.
Proof.
  intros e b L K. destruct e; cbn [lot_of] in L; try discriminate.
  - destruct (o_start o); [discriminate |]. injection L as <-. split; [reflexivity |].
    cbn. destruct (a_goods a); discriminate.
  - injection L as <-. split; reflexivity.
  - injection L as <-. split; [cbn; congruence |]. cbn. destruct (a_goods a); discriminate.
Qed.

Theorem ENG_13_after : forall b e, fits_lot (ByBidding b) e -> in_turn b -> in_turn (evolve_english b e).
Proof.
  intros b e F [T S]. destruct e; cbn [fits_lot] in F; try contradiction;
    (split; cbn [evolve_english e_bidder e_goods e_bid e_held]; try assumption; discriminate).
Qed.

(** ENG-13: after a bid exactly the bidder whose bid stands has paid, and he has paid his bid: what an event takes from
    a bidder, in what is paid, is how his standing bid changes. *)
Theorem ENG_13 : forall b e who, fits_lot (ByBidding b) e ->
  in_turn b ->
  match e with Raised _ _ _ _ | Shrunk _ _ _ _ | Restarted _ _ _ _ _ => True | _ => False end ->
  net (paid_in (e_goods b)) (BidderOf who) (moves e) = stands b who - stands (evolve_english b e) who.
Proof.
  intros b e who F [T S] K. destruct e; try contradiction; cbn [fits_lot] in F.
  - destruct F as ((_ & _ & G) & D & Hh & Hl & P & O & E1 & E2).
    destruct a as [al an at_ av ag]. cbn [a_goods goods_of] in G. subst ag.
    destruct s as [gb gh gl gbid gp go ge gend]. cbn [g_bidder g_held g_loss_at g_bid g_paid g_outbid] in *. subst.
    unfold stands, outbid_by, is_standing_of. cbn [evolve_english e_bidder e_bid g_bidder g_bid moves].
    unfold bid_moves, first_for_debt. cbn [g_held g_outbid g_paid g_bidder a_goods a_lot g_loss_at].
    destruct (e_goods b) eqn:Q; try discriminate; cbn [is_collateral is_surplus andb paid_in] in *;
      destruct (e_held b); cbn [is_income] in *; try (specialize (S eq_refl); discriminate);
      try (specialize (E1 eq_refl); destruct E1; subst); try specialize (E2 eq_refl);
      destruct (e_bidder b) as [one |]; try specialize (T eq_refl eq_refl);
      try destruct (String.eqb_spec one gb) as [-> | N];
      destruct (e_loss_at b); cbn [app]; spell; cbn [f_bidder f_amount];
      rewrite ?String.eqb_refl;
      repeat match goal with |- context [String.eqb ?x ?y] => destruct (String.eqb_spec x y); subst end;
      try contradiction; try lia; congruence.
  - destruct F as ((_ & _ & G) & D & Hh & Hl & B & P & O & Fr).
    destruct a as [al an at_ av ag]. cbn [a_goods goods_of] in G. subst ag.
    destruct s as [gb gh gl gbid gp go ge gend]. cbn [g_bidder g_held g_loss_at g_bid g_paid g_outbid] in *. subst.
    unfold stands, outbid_by, is_standing_of. cbn [evolve_english e_bidder e_bid g_bidder g_bid moves].
    unfold bid_moves, first_for_debt. cbn [g_held g_outbid g_paid g_bidder a_goods a_lot g_loss_at].
    destruct (e_goods b) eqn:Q; try discriminate; cbn [is_collateral is_surplus andb paid_in] in *;
      destruct (e_held b); cbn [is_income] in *;
      destruct (e_bidder b) as [one |]; try specialize (T eq_refl eq_refl);
      try destruct (String.eqb_spec one gb) as [-> | N];
      cbn [app]; spell; cbn [f_bidder f_amount sold_of owner_of same_asset same_account];
      rewrite ?String.eqb_refl;
      repeat match goal with |- context [String.eqb ?x ?y] => destruct (String.eqb_spec x y); subst end;
      try contradiction; try lia; congruence.
  - unfold stands. cbn [moves evolve_english e_bidder e_bid]. unfold net, sum. cbn. lia.
Qed.

(** ENG-14: money for collateral repays the debt first; what is above it is penalty. *)
Theorem ENG_14 : forall money debt, 0 <= money -> 0 <= debt ->
  fst (principal_first money debt) + snd (principal_first money debt) = money /\
  fst (principal_first money debt) <= debt /\
  (0 < snd (principal_first money debt) -> fst (principal_first money debt) = debt).
Proof. intros. unfold principal_first. cbn. lia. Qed.

(** ENG-15: a bid never falls, and what is sold never rises but by a restart. *)
Theorem ENG_15 : forall b e, fits_lot (ByBidding b) e -> within (ByBidding b) e -> bounded (ByBidding b) ->
  e_bid b <= e_bid (evolve_english b e) /\
  (match e with Restarted _ _ _ _ _ => True | _ => e_sold (evolve_english b e) <= e_sold b end).
Proof.
  intros b e F W B. cbn [bounded] in B.
  destruct e; cbn [fits_lot within evolve_english e_bid e_sold] in *; try contradiction; try (split; lia).
Qed.

(** There are at most target + lot bids for collateral: each makes that sum, less what is bid, smaller. *)
Definition room_for_bids (b : english_lot) : Z := e_target b - e_bid b + e_sold b.

Theorem ENG_15_bids : forall b e, fits_lot (ByBidding b) e -> within (ByBidding b) e -> bounded (ByBidding b) ->
  is_collateral (e_goods b) = true -> e_ended b = false ->
  match e with
  | Raised _ _ _ _ | Shrunk _ _ _ _ => 0 <= room_for_bids (evolve_english b e) < room_for_bids b
  | _ => True
  end.
Proof.
  intros b e F W B C E. cbn [bounded] in B. unfold room_for_bids.
  destruct e; try exact I; cbn [fits_lot within evolve_english e_bid e_sold e_target] in *.
  - destruct W as (W1 & W2 & _). specialize (W2 C). lia.
  - destruct F as (_ & _ & _ & _ & -> & _). destruct W as (W1 & W2 & _). specialize (W2 C). lia.
Qed.
