(** What whoever opens or resets a lot earns, who pays for it, and how much that comes to. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Reward Dutch English Position Seizure House Auction Ledger Book.
From Knockdown.proofs Require Import FixedLaws Accounts LotLaws SplitLaws Bounds Effects Steps.
Import ListNotations.
Open Scope Z_scope.

Strategy expand [earned for_opening for_reset].

(** ** How much *)

(** The flat sum, where it is earned, and the share of the target, rounded down. *)
Definition in_full (t : terms) (target : Z) (is_flat : bool) : Z :=
  (if is_flat then Z.max (r_flat (t_reward t)) 0 else 0) + mul_div target (Z.max (r_rate (t_reward t)) 0) WAD Floor.

Lemma earned_ok : forall t debt target is_flat before r, earned t debt target is_flat before = Ok r ->
  r = match r_limit (t_reward t) with
      | NoLimit => in_full t target is_flat
      | ByPenalty => Z.min (in_full t target is_flat) (Z.max (target - debt - before) 0)
      end.
Proof. intros * H. unfold earned in H. answered H. now subst r. Qed.

(** REW-1: an opening earns the flat sum and the share of its target; *)
Theorem REW_1 : forall t debt target is_first r, r_limit (t_reward t) = NoLimit ->
  for_opening t debt target is_first = Ok r -> r = in_full t target is_first.
Proof. intros * L H. apply earned_ok in H. now rewrite L in H. Qed.

(** either is nothing where terms set it below zero; *)
Theorem REW_1_none : forall t target is_first, r_flat (t_reward t) <= 0 -> r_rate (t_reward t) <= 0 ->
  in_full t target is_first = 0.
Proof.
  intros t target is_first F R. unfold in_full. rewrite !Z.max_r by assumption.
  unfold mul_div, divide. rewrite Z.mul_0_r, Z.div_0_l by (pose proof WAD_pos; lia). destruct is_first; reflexivity.
Qed.

(** and of several lots that one seizure opens only the first earns the flat sum. *)
Theorem REW_1_first : forall xs t l position owner at_ keeper i es,
  map Ok es = open_parts t l position owner at_ keeper xs i -> 0 <= i ->
  Forall2 (fun x e => exists a o, e = Opened a o /\
             for_opening t (x_debt x) (x_target x) (n_number (a_lot a) =? l_opened l + 1) = Ok (o_reward o)) xs es.
Proof.
  induction xs as [| x xs IH]; intros * M I; destruct es as [| e es]; try discriminate; constructor.
  - injection M as E _. symmetry in E. apply open_part_ok in E. destruct E as (begun & reward & _ & R & ->).
    do 2 eexists. split; [reflexivity |]. cbn [a_lot n_number o_reward]. rewrite <- R. f_equal.
    destruct (Z.eqb_spec i 0) as [-> | D]; [apply Z.eqb_eq | apply Z.eqb_neq]; lia.
  - injection M as _ M. eapply IH; [exact M | lia].
Qed.

(** REW-2: a reset earns the same, *)
Theorem REW_2 : forall t d market min_left r, for_reset t d market min_left = Ok r ->
  min_left <= d_target d -> min_left <= d_collateral d * market ->
  earned t (d_debt d) (d_target d) true (d_rewarded d) = Ok r.
Proof.
  intros * H T C. unfold for_reset in H. replace (d_target d <? min_left) with false in H by lia. rewrite orb_false_r in H.
  destruct ((r_flat (t_reward t) <=? 0) && (r_rate (t_reward t) <=? 0)) eqn:N.
  - injection H as <-. rewrite andb_true_iff, !Z.leb_le in N. destruct N as [F R].
    unfold earned. fold (in_full t (d_target d) true). rewrite REW_1_none by assumption.
    rewrite (Z.max_r _ 0) by exact R. rewrite Z.mul_0_r.
    replace (fits (t_width t) 0) with true by (now destruct (t_width t)). cbn [andb]. rewrite guard_true.
    destruct (r_limit (t_reward t)); f_equal; lia.
  - answered H. replace (d_collateral d * market <? min_left) with false in H by lia. exact H.
Qed.

(** unless the lot's target, or its collateral at the market price, is below [min_left]: then nothing. *)
Theorem REW_2_little : forall t d market min_left r, for_reset t d market min_left = Ok r ->
  d_target d < min_left \/ d_collateral d * market < min_left -> r = 0.
Proof.
  intros * H L. unfold for_reset in H.
  destruct (((r_flat (t_reward t) <=? 0) && (r_rate (t_reward t) <=? 0)) || (d_target d <? min_left)) eqn:N.
  - now injection H as <-.
  - apply orb_false_iff in N. destruct N as [_ N]. apply Z.ltb_ge in N. answered H.
    replace (d_collateral d * market <? min_left) with true in H by lia. now injection H as <-.
Qed.

(** ** Who pays *)

(** REW-3: an opening and a reset name who pays: whom the terms name. *)
Theorem REW_3_opening : forall t l position owner at_ keeper x i a o,
  open_part t l position owner at_ keeper x i = Ok (Opened a o) ->
  o_payer o = r_payer (t_reward t) /\ o_keeper o = keeper.
Proof. intros * H. apply open_part_ok in H. destruct H as (begun & reward & _ & _ & E). injection E as -> ->. auto. Qed.

Theorem REW_3_reset : forall t s d at_ keeper market es, reset t s d at_ keeper market = Ok es ->
  exists a start_price reward, es = [Reset a start_price keeper reward (r_payer (t_reward t))].
Proof. intros * H. unfold reset in H. answered H. subst es. do 3 eexists. reflexivity. Qed.

(** REW-4: the keeper gets a reward, *)
Theorem REW_4_keeper : forall lot keeper reward p, net Money (KeeperOf keeper) (rewarded lot keeper reward p) = reward.
Proof. intros. destruct p; spell; rewrite ?String.eqb_refl; lia. Qed.

(** which the protocol issues, and books as a loss at the same time, where it pays; *)
Theorem REW_4_protocol : forall n keeper reward,
  net Money Issued (rewarded (LotOf n) keeper reward Protocol) = - reward /\
  net Loss ProtocolOwn (rewarded (LotOf n) keeper reward Protocol) = reward.
Proof. intros. split; spell; lia. Qed.

(** and which comes from a fund, where that pays: nothing is issued, and nothing lost. *)
Theorem REW_4_fund : forall n keeper reward of_,
  net Money (RewardPayerOf of_) (rewarded (LotOf n) keeper reward (Fund of_)) = - reward /\
  net Money Issued (rewarded (LotOf n) keeper reward (Fund of_)) = 0 /\
  (forall c, net Loss c (rewarded (LotOf n) keeper reward (Fund of_)) = 0).
Proof. intros. split; [| split]; intros; spell; rewrite ?String.eqb_refl; lia. Qed.

(** An opening and a reset move just that as their reward, *)
Theorem REW_4_moves : forall e,
  match e with
  | Opened a o => exists others, moves e = others ++ rewarded (LotOf (a_lot a)) (o_keeper o) (o_reward o) (o_payer o)
  | Reset a _ keeper reward p => moves e = rewarded (LotOf (a_lot a)) keeper reward p
  | _ => True
  end.
Proof. intros e. destruct e; try exact I; [| reflexivity]. cbn [moves]. rewrite app_assoc. eexists. reflexivity. Qed.

(** and no other event gives a keeper anything. *)
Theorem REW_4_only : forall e keeper,
  match e with Opened _ _ | Reset _ _ _ _ _ => True | _ => net Money (KeeperOf keeper) (moves e) = 0 end.
Proof. intros e keeper. written e; try exact I; cbn; reflexivity. Qed.

(** ** How much in all *)

(** REW-5: where terms limit rewards to the penalty, one is at most what is left of it after what was earned before, *)
Theorem REW_5 : forall t debt target is_flat before r, r_limit (t_reward t) = ByPenalty ->
  earned t debt target is_flat before = Ok r -> r <= Z.max (target - debt - before) 0.
Proof. intros * L H. apply earned_ok in H. rewrite L in H. lia. Qed.

(** and never less than nothing. *)
Theorem REW_5_nonneg : forall t debt target is_flat before r, 0 <= target ->
  earned t debt target is_flat before = Ok r -> 0 <= r.
Proof. exact earned_nonneg. Qed.

(** Where they set no limit every reset of a lot that nobody buys from earns the same again. *)
Theorem REW_5_unlimited : forall t d market min_left a b start_price keeper p, r_limit (t_reward t) = NoLimit ->
  for_reset t d market min_left = Ok a ->
  for_reset t (evolve_dutch d (Reset b start_price keeper a p)) market min_left = Ok a.
Proof.
  intros * L H. unfold for_reset in *. cbn [evolve_dutch d_target d_collateral d_debt d_rewarded] in *.
  destruct (_ || _); [exact H |]. apply guard_ok in H. destruct H as [-> H]. rewrite guard_true.
  destruct (_ <? min_left); [exact H |]. unfold earned in *. now rewrite L in *.
Qed.

(** What resets have paid. *)
Definition reset_paid (e : event) : Z := match e with Reset _ _ _ reward _ => reward | _ => 0 end.

(** A falling lot under commands, whatever the terms of each, as long as they limit rewards to the penalty. *)
Inductive goes_on : dutch_lot -> list event -> dutch_lot -> Prop :=
| Stays : forall d, goes_on d [] d
| Goes : forall d t s level c es rest d', r_limit (t_reward t) = ByPenalty ->
    decide_dutch t s level d c = Ok es -> goes_on (fold_left evolve_dutch es d) rest d' -> goes_on d (es ++ rest) d'.

(** The penalty that a lot still is to bring in. *)
Definition penalty_left (d : dutch_lot) : Z := Z.max (d_target d - d_debt d) 0.

Lemma one_step : forall t s level d c es, bounded (ByFalling d) -> alive (ByFalling d) ->
  r_limit (t_reward t) = ByPenalty -> decide_dutch t s level d c = Ok es ->
  let d' := fold_left evolve_dutch es d in
  penalty_left d' <= penalty_left d /\ d_rewarded d' = d_rewarded d + sum (map reset_paid es) /\
  d_rewarded d' <= Z.max (d_rewarded d) (penalty_left d).
Proof.
  intros * B A L H. pose proof H as H0. unfold decide_dutch in H. answered H. destruct c; try discriminate.
  - apply take_ok in H. destruct H as (price & made & _ & _ & M & _ & E).
    destruct (decide_dutch_within _ _ _ _ _ _ B A H0) as [W _]. rewrite E in W |- *. destruct W as [W _].
    cbn [within] in W. unfold penalty_left.
    destruct (ends_with d made);
      cbn [fold_left evolve_dutch d_target d_debt d_rewarded map reset_paid]; rewrite ?sum_cons;
      change (sum []) with 0; repeat split; lia.
  - unfold reset in H. answered H. subst es. unfold penalty_left.
    cbn [fold_left evolve_dutch d_target d_debt d_rewarded map reset_paid]. rewrite sum_cons. change (sum []) with 0.
    match goal with P : for_reset _ _ _ _ = Ok ?r |- _ =>
      assert (R : r <= Z.max (d_target d - d_debt d - d_rewarded d) 0);
        [rename P into Q; unfold for_reset in Q |]
    end.
    { destruct (_ || _); [injection Q as <-; lia |]. answered Q.
      destruct (_ <? s_min_left s); [injection Q as <-; lia |]. now apply REW_5 in Q. }
    repeat split; lia.
  - injection H as <-. unfold penalty_left. cbn. change (sum [0]) with 0. repeat split; lia.
Qed.

Lemma dutch_fold : forall es d, fold_left evolve_lot es (ByFalling d) = ByFalling (fold_left evolve_dutch es d).
Proof. induction es as [| e es IH]; intros d; [reflexivity | apply IH]. Qed.

Lemma still_bounded : forall es d, all_within (ByFalling d) es -> fit (ByFalling d) es -> bounded (ByFalling d) ->
  bounded (ByFalling (fold_left evolve_dutch es d)).
Proof.
  induction es as [| e es IH]; intros d W F B; [exact B |]. destruct W as [W W'], F as [F F'].
  apply (IH (evolve_dutch d e)); [exact W' | exact F' |]. exact (within_bounded _ _ F W B).
Qed.

Lemma going_on : forall d es d', goes_on d es d' -> bounded (ByFalling d) -> alive (ByFalling d) ->
  d_rewarded d' = d_rewarded d + sum (map reset_paid es) /\ d_rewarded d' <= Z.max (d_rewarded d) (penalty_left d).
Proof.
  intros d es d' G. induction G as [d | d t s level c es rest d' L H G IH]; intros B A; [cbn; lia |].
  destruct (one_step _ _ _ _ _ _ B A L H) as (P & R & M).
  destruct (decide_dutch_within _ _ _ _ _ _ B A H) as [W A']. rewrite dutch_fold in A'.
  pose proof (still_bounded es d W (decide_dutch_fits _ _ _ _ _ _ H) B) as B'.
  destruct (IH B' A') as [R' M']. rewrite map_app, sum_app. split; lia.
Qed.

(** The rewards of one lot, for its opening and for all its resets, are together at most the penalty it was to bring in. *)
Theorem REW_5_in_all : forall t l position owner at_ keeper x i a o d es d', r_limit (t_reward t) = ByPenalty ->
  good_part x -> open_part t l position owner at_ keeper x i = Ok (Opened a o) ->
  lot_of (Opened a o) = Some (ByFalling d) -> goes_on d es d' ->
  o_reward o + sum (map reset_paid es) <= Z.max (o_target o - o_debt o) 0.
Proof.
  intros * L (P1 & P2 & P3 & P4) H O G. apply open_part_ok in H. destruct H as (begun & reward & _ & R & E).
  injection E as -> ->. cbn [lot_of o_start o_collateral o_debt o_target o_reward o_loss_at o_binding] in O.
  destruct begun; [| discriminate]. injection O as <-.
  apply going_on in G; [| cbn; lia | cbn; auto]. cbn [d_rewarded penalty_left] in G. unfold penalty_left in G.
  cbn [d_target d_debt] in G. apply REW_5 in R; [| exact L]. cbn [o_reward o_target o_debt]. lia.
Qed.
