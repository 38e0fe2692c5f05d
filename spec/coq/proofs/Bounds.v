(** What a command to one lot can come to: nothing below zero, nothing above what there is or is owed. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Curve Terms Event Reward Dutch English Position House Auction Treasury Ledger Book.
From Knockdown.proofs Require Import FixedLaws CurveLaws SaleLaws Accounts LotLaws.
Import ListNotations.
Open Scope Z_scope.

(** No number of a lot is below zero, and no bid for collateral above the target. *)
Definition bounded (l : lot) : Prop :=
  match l with
  | ByFalling d => 0 <= d_collateral d /\ 0 <= d_debt d /\ 0 <= d_target d
  | ByBidding b =>
      0 <= e_sold b /\ 0 <= e_bid b /\ 0 <= e_debt b /\ 0 <= e_target b /\
      (is_collateral (e_goods b) = true -> e_ended b = false -> e_bid b <= e_target b)
  end.

(** Between commands a lot that falls in price and is not over has something to sell and something to raise. *)
Definition alive (l : lot) : Prop :=
  match l with
  | ByFalling d => d_ended d = false -> 0 < d_collateral d /\ 0 < d_target d
  | ByBidding _ => True
  end.

(** What an event may say of a lot's numbers. *)
Definition within (l : lot) (e : event) : Prop :=
  match l, e with
  | ByFalling d, Taken _ _ price bought repaid penalty _ =>
      0 <= price /\ 0 <= bought <= d_collateral d /\ 0 <= repaid <= d_debt d /\ 0 <= penalty /\
      repaid + penalty <= d_target d /\ (0 < penalty -> repaid = d_debt d) /\
      bought * price <= repaid + penalty /\
      (repaid + penalty = bought * price \/ repaid + penalty < (bought + 1) * price) /\
      d_ended d = false
  | ByFalling d, Reset _ _ _ reward _ => 0 <= reward /\ d_ended d = false
  | ByFalling d, Closed _ _ _ _ _ _ => d_collateral d = 0 \/ d_target d = 0
  | ByBidding b, Raised _ s repaid penalty =>
      e_bid b < g_bid s /\ (is_collateral (e_goods b) = true -> g_bid s <= e_target b) /\
      0 <= repaid <= e_debt b /\ 0 <= penalty /\ (0 < penalty -> repaid = e_debt b) /\ e_ended b = false
  | ByBidding b, Shrunk _ s sold freed =>
      0 <= sold < e_sold b /\ (is_collateral (e_goods b) = true -> e_bid b = e_target b) /\ e_ended b = false
  | ByBidding b, Restarted _ _ _ _ sold => 0 <= sold /\ e_ended b = false
  | ByBidding b, Settled _ _ _ _ repaid penalty _ _ =>
      0 <= repaid <= e_debt b /\ 0 <= penalty /\ (0 < penalty -> repaid = e_debt b) /\ e_ended b = false
  | _, Cancelled _ _ _ _ _ _ _ => is_over l = false
  | _, Stopped _ _ _ _ _ => is_over l = false
  | _, _ => True
  end.

Fixpoint all_within (l : lot) (es : list event) : Prop :=
  match es with
  | [] => True
  | e :: rest => within l e /\ all_within (evolve_lot l e) rest
  end.

Lemma within_bounded : forall l e, fits_lot l e -> within l e -> bounded l -> bounded (evolve_lot l e).
Proof.
  intros l e F W B. destruct l as [d | b], e; cbn [fits_lot] in F; try contradiction;
    cbn [within bounded evolve_lot evolve_dutch evolve_english d_collateral d_debt d_target e_sold e_bid e_debt
         e_target e_goods e_ended] in *; try (repeat split; try lia; intros; discriminate).
  - (* Raised *) destruct F as (_ & _ & _ & _ & _ & _ & _). destruct B as (? & ? & ? & ? & C).
    repeat split; try lia. intros; now apply W.
  - (* Shrunk *) destruct F as (_ & _ & _ & _ & -> & _). destruct B as (? & ? & ? & ? & C).
    repeat split; try lia. exact C.
  - (* Restarted *) destruct B as (? & ? & ? & ? & C). repeat split; try lia. exact C.
  - (* Settled *) destruct B as (? & ? & ? & ? & C). repeat split; try lia. intros; apply C; tauto.
Qed.

(** ** What is decided stays within *)

Lemma wanted_bounds : forall lot w price, 0 <= lot -> 0 <= wanted_of lot w price -> wanted_of lot w price <= lot.
Proof.
  intros lot w price L. unfold wanted_of. destruct w; try lia.
  destruct (money <? 0) eqn:M; [lia |]. destruct (0 <? price); lia.
Qed.

Lemma status_ok : forall t s d at_ price stale, status t s d at_ = Ok (price, stale) ->
  price_at (t_width t) (s_curve s) (d_start_price d) (at_ - d_started_at d) = Some price /\
  stale = is_stale s d (at_ - d_started_at d) price.
Proof.
  intros * H. unfold status in H.
  destruct (price_at (t_width t) (s_curve s) (d_start_price d) (at_ - d_started_at d)); [| discriminate].
  injection H as <- <-. auto.
Qed.

Lemma sold_ok : forall t s d price w made, sold t s d price w = Ok made ->
  let wanted := wanted_of (d_collateral d) w price in
  0 <= wanted /\ (s_empty_sale s = RefuseEmpty -> 0 < wanted /\ price <> 0) /\
  fits (t_width t) (worth wanted price) = true /\
  sale_at (d_collateral d) (d_target d) price wanted (s_min_left s) (s_min_collateral_left s) = Some made /\
  (s_empty_sale s = RefuseEmpty -> bought made <> 0 \/ ends_with d made = true).
Proof.
  intros * H. unfold sold in H. answered H. apply negb_true_iff, orb_false_iff in G. destruct G as [N E].
  apply Z.ltb_ge in N.
  destruct (sale_at _ _ _ _ _ _) as [m |] eqn:S; [| discriminate]. answered H. subst m.
  cbn zeta. split; [exact N |]. split; [| split; [assumption | split; [exact S |]]].
  - intros R. rewrite R in E. apply orb_false_iff in E. rewrite !Z.eqb_neq in E. lia.
  - intros R. rewrite R in G. cbn [andb] in G. apply negb_true_iff, andb_false_iff in G.
    rewrite Z.eqb_neq, negb_false_iff in G. exact G.
Qed.

Lemma take_ok : forall t s d at_ bidder w limit at_least es, take t s d at_ bidder w limit at_least = Ok es ->
  exists price made,
  status t s d at_ = Ok (price, false) /\ price <= limit /\ sold t s d price w = Ok made /\ at_least <= bought made /\
  let repaid := Z.min (paid made) (d_debt d) in
  let penalty := paid made - repaid in
  let a := about_dutch (t_version t) at_ d in
  let shortfall := d_target d - repaid - penalty in
  es = Taken a bidder price (bought made) repaid penalty (d_loss_at d)
       :: if ends_with d made
          then [Closed a (d_collateral d - bought made) (d_debt d - repaid) shortfall (d_loss_at d) shortfall]
          else [].
Proof.
  intros * H. unfold take in H. answered H. apply negb_true_iff in G. subst.
  apply Z.leb_le in G0, G1. do 2 eexists. repeat split; eassumption.
Qed.

Lemma take_within : forall t s d at_ bidder w limit at_least es,
  bounded (ByFalling d) -> alive (ByFalling d) -> d_ended d = false ->
  take t s d at_ bidder w limit at_least = Ok es ->
  all_within (ByFalling d) es /\ alive (fold_left evolve_lot es (ByFalling d)).
Proof.
  intros * B A E H. apply take_ok in H. destruct H as (price & made & S & _ & M & _ & ->).
  destruct (A E) as [C T]. cbn [bounded] in B.
  apply status_ok in S. destruct S as [P _]. apply CRV_1_nonneg in P.
  apply sold_ok in M. destruct M as (N & _ & _ & M & _).
  pose proof (wanted_bounds (d_collateral d) w price ltac:(lia) N) as W.
  assert (F : fair (d_collateral d) (d_target d) price (wanted_of (d_collateral d) w price)) by (unfold fair; lia).
  pose proof (DUT_5_paid _ _ _ _ _ _ _ F M) as M1. pose proof (DUT_5_bought _ _ _ _ _ _ _ F M) as M2.
  pose proof (DUT_5_price _ _ _ _ _ _ _ F M) as M3.
  cbn zeta. split.
  - cbn [all_within within]. split.
    + replace (Z.min (paid made) (d_debt d) + (paid made - Z.min (paid made) (d_debt d))) with (paid made) by lia.
      repeat split; try lia; tauto.
    + unfold ends_with. destruct (paid made =? d_target d) eqn:X; destruct (bought made =? d_collateral d) eqn:Y;
        cbn [orb all_within within evolve_lot evolve_dutch d_collateral d_target]; try exact I;
        rewrite ?Z.eqb_eq, ?Z.eqb_neq in *; split; try exact I; lia.
  - unfold ends_with. destruct (paid made =? d_target d) eqn:X; destruct (bought made =? d_collateral d) eqn:Y;
      cbn [orb fold_left alive evolve_lot evolve_dutch d_collateral d_target d_ended]; intros Z0; try discriminate.
    rewrite ?Z.eqb_eq, ?Z.eqb_neq in *. lia.
Qed.

Lemma earned_nonneg : forall t debt target is_flat rewarded r, 0 <= target ->
  earned t debt target is_flat rewarded = Ok r -> 0 <= r.
Proof.
  intros * T H. unfold earned in H. answered H. subst r.
  unfold mul_div, divide.
  assert (0 <= target * Z.max (r_rate (t_reward t)) 0 / WAD) by (apply Z.div_pos; [nia | apply WAD_pos]).
  set (share := target * _ / WAD) in *. clearbody share.
  destruct is_flat, (r_limit (t_reward t)); lia.
Qed.

Lemma for_reset_nonneg : forall t d market min_left r, 0 <= d_target d ->
  for_reset t d market min_left = Ok r -> 0 <= r.
Proof.
  intros * T H. unfold for_reset in H.
  destruct (((r_flat (t_reward t) <=? 0) && (r_rate (t_reward t) <=? 0)) || (d_target d <? min_left)).
  - injection H as <-. lia.
  - answered H. destruct (d_collateral d * market <? min_left); [injection H as <-; lia |].
    eapply earned_nonneg; [exact T | exact H].
Qed.

Lemma decide_dutch_within : forall t s level d c es, bounded (ByFalling d) -> alive (ByFalling d) ->
  decide_dutch t s level d c = Ok es ->
  all_within (ByFalling d) es /\ alive (fold_left evolve_lot es (ByFalling d)).
Proof.
  intros * B A H. unfold decide_dutch in H. answered H. apply negb_true_iff in G1. destruct c; try discriminate.
  - eapply take_within; eassumption.
  - unfold reset in H. answered H. subst es. cbn [all_within within fold_left evolve_lot evolve_dutch alive d_ended d_collateral d_target].
    cbn [bounded] in B. repeat split; try assumption; try (now apply A).
    eapply for_reset_nonneg; [| eassumption]. lia.
  - injection H as <-. cbn. split; [split; [assumption | exact I] | discriminate].
Qed.

Lemma principal_within : forall money debt, 0 <= money -> 0 <= debt ->
  0 <= fst (principal_first money debt) <= debt /\ 0 <= snd (principal_first money debt) /\
  (0 < snd (principal_first money debt) -> fst (principal_first money debt) = debt).
Proof. intros. unfold principal_first. cbn. lia. Qed.

Lemma settle_within : forall version ed b at_ es, bounded (ByBidding b) -> e_ended b = false ->
  settle version ed b at_ = Ok es -> all_within (ByBidding b) es.
Proof.
  intros * B E H. apply settle_ok in H. destruct H as (bidder & repaid & penalty & _ & _ & P & ->).
  cbn [bounded] in B. split.
  - cbn [within].
    destruct (is_collateral (e_goods b) && negb (is_income (e_held b))).
    + pose proof (principal_within (e_bid b) (e_debt b) ltac:(lia) ltac:(lia)) as Q. rewrite <- P in Q. cbn in Q. tauto.
    + injection P as -> ->. repeat split; try assumption; lia.
  - destruct (is_collateral (e_goods b)); cbn; auto.
Qed.

Lemma decide_english_within : forall version w s level b c es, bounded (ByBidding b) ->
  decide_english version w s level b c = Ok es -> all_within (ByBidding b) es.
Proof.
  intros * B H. unfold decide_english in H. answered H. apply negb_true_iff in G1. destruct c; try discriminate.
  - apply raise_ok in H. destruct H as (_ & _ & _ & I1 & C & _ & _ & expires & repaid & penalty & _ & P & ->).
    cbn [all_within within g_bid]. cbn [bounded] in B. split; [| exact I].
    assert (Q : 0 <= repaid <= e_debt b /\ 0 <= penalty /\ (0 < penalty -> repaid = e_debt b)).
    { destruct (is_collateral (e_goods b) && is_income (e_held b)).
      - pose proof (principal_within (bid - e_bid b) (e_debt b) ltac:(lia) ltac:(lia)) as Q.
        rewrite <- P in Q. cbn in Q. tauto.
      - injection P as -> ->. lia. }
    repeat split; try tauto. intros; apply C. unfold cap_of. now match goal with E : is_collateral _ = true |- _ => rewrite E end.
  - apply shrink_ok in H. destruct H as (_ & _ & D & C & S & _ & expires & _ & ->).
    cbn [all_within within]. repeat split; try tauto; try lia.
    intros; unfold cap_of in C. match goal with E : is_collateral _ = true |- _ => rewrite E in C end.
    now rewrite <- (C _ eq_refl), D.
  - unfold restart in H. apply bind_ok in H. destruct H as [reserve [_ H]]. answered H.
    destruct (e_bidder b); [discriminate |]. answered H. subst es.
    cbn [all_within within]. cbn [bounded] in B. repeat split; try tauto.
    apply negb_true_iff, andb_false_iff in G3.
    destruct (match e_goods b with OfDebt _ => true | _ => false end); [| lia].
    destruct G3 as [G3 | G3]; [discriminate |]. apply orb_false_iff in G3. destruct G3 as [G3 _].
    apply Z.ltb_ge in G3. apply Z.div_pos; [exact G3 | apply WAD_pos].
  - eapply settle_within; eassumption.
  - unfold cancel_english in H. destruct (is_collateral (e_goods b)); answered H; subst es; cbn; auto.
Qed.

Lemma english_alive : forall es b, alive (fold_left evolve_lot es (ByBidding b)).
Proof. induction es as [| e es IH]; intros b; [exact I |]. cbn [fold_left evolve_lot]. apply IH. Qed.

Lemma way_out_within : forall t l c otherwise es, bounded l -> way_out t l c otherwise = Ok es ->
  all_within l es /\ alive (fold_left evolve_lot es l).
Proof.
  intros * B H. unfold way_out in H. destruct l, c; try discriminate; answered H; apply negb_true_iff in G1.
  - subst es. cbn. split; [split; [assumption | exact I] | discriminate].
  - split; [eapply settle_within; eassumption | apply english_alive].
  - split; [| apply english_alive].
    unfold cancel_english in H. destruct (is_collateral (e_goods e)); answered H; subst es; cbn; auto.
Qed.

Lemma decide_within : forall t level l c es, bounded l -> alive l -> decide t level l c = Ok es ->
  all_within l es /\ alive (fold_left evolve_lot es l).
Proof.
  intros * B A H. unfold decide in H. answered H. destruct (goods_of l); try discriminate.
  destruct (sale_of t asset) as [[s | s] |]; destruct l;
    first [ eapply decide_dutch_within; eassumption
          | split; [eapply decide_english_within; eassumption | apply english_alive]
          | eapply way_out_within; eassumption ].
Qed.

(** Whatever is decided of a lot that is in order stays within what there is, and leaves it in order. *)
Lemma decide_lot_within : forall b l c es, bounded l -> alive l -> decide_lot b l c = Ok es ->
  all_within l es /\ alive (fold_left evolve_lot es l).
Proof.
  intros * B A H. unfold decide_lot in H.
  destruct l as [d | e].
  - destruct (goods_of (ByFalling d));
      (destruct (terms_of b (ByFalling d)); [| discriminate]);
      (destruct (line_of (b_house b) (line_name (ByFalling d))); [| discriminate]);
      eapply decide_within; eassumption.
  - destruct (goods_of (ByBidding e)) eqn:G;
      try (split; [eapply decide_english_within; eassumption | apply english_alive]).
    destruct (terms_of b (ByBidding e)); [| discriminate].
    destruct (line_of (b_house b) (line_name (ByBidding e))); [| discriminate].
    eapply decide_within; eassumption.
Qed.
