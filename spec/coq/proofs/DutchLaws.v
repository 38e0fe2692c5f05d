(** What is proved of a command to a Dutch lot: DUT-1 to DUT-13. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Curve Terms Event Reward Dutch English Position House Auction Treasury Ledger Book.
From Knockdown.proofs Require Import FixedLaws CurveLaws SaleLaws Accounts LotLaws Bounds.
Import ListNotations.
Open Scope Z_scope.

(** DUT-1: a lot is sold at its curve's price from its start price, for the seconds since it was started. *)
Theorem DUT_1 : forall t s d at_ bidder w limit at_least es, take t s d at_ bidder w limit at_least = Ok es ->
  exists price, price_at (t_width t) (s_curve s) (d_start_price d) (at_ - d_started_at d) = Some price /\
  exists a bought repaid penalty rest, es = Taken a bidder price bought repaid penalty (d_loss_at d) :: rest.
Proof.
  intros * H. apply take_ok in H. destruct H as (price & made & S & _ & _ & _ & ->).
  apply status_ok in S. destruct S as [P _]. exists price. split; [exact P |]. do 5 eexists. reflexivity.
Qed.

(** DUT-2: a lot is stale from [after] on, a second later where edges are strict, or below the share [below] of its
    start price; at exactly that share it is not. *)
Theorem DUT_2 : forall s d elapsed price,
  is_stale s d elapsed price = true <->
  match s_reset s with
  | Never => False
  | WhenStale after below =>
      match s_edges s with Strict => after < elapsed | HalfOpen => after <= elapsed end
      \/ price * RAY < below * d_start_price d
  end.
Proof.
  intros. unfold is_stale. destruct (s_reset s); [split; [discriminate | contradiction] |].
  rewrite orb_true_iff, Z.ltb_lt. destruct (s_edges s); rewrite ?Z.ltb_lt, ?Z.leb_le; reflexivity.
Qed.

(** Only a lot that is not stale is sold, *)
Theorem DUT_2_sold : forall t s d at_ bidder w limit at_least es, take t s d at_ bidder w limit at_least = Ok es ->
  exists price, status t s d at_ = Ok (price, false).
Proof. intros * H. apply take_ok in H. destruct H as (price & made & S & _). eauto. Qed.

(** and only a stale one is reset. *)
Theorem DUT_2_reset : forall t s d at_ keeper market es, reset t s d at_ keeper market = Ok es ->
  exists price, status t s d at_ = Ok (price, true).
Proof. intros * H. unfold reset in H. answered H. subst. eauto. Qed.

(** The product that tells a stale lot fits a word: it is at most the one that the price was divided from. *)
Theorem DUT_2_fits : forall c start elapsed price,
  price_at Uint256 c start elapsed = Some price -> fits Uint256 (price * RAY) = true.
Proof.
  intros c start elapsed price P. apply price_fits in P. destruct P as (product & F & N & ->).
  apply FIX_5_word in F. apply FIX_5_word. pose proof RAY_pos.
  pose proof (Z.mul_div_le product RAY ltac:(lia)). pose proof (Z.div_pos product RAY N ltac:(lia)). lia.
Qed.

(** DUT-3: nothing is sold above the buyer's limit. *)
Theorem DUT_3 : forall t s d at_ bidder w limit at_least a who price bought repaid penalty l rest,
  take t s d at_ bidder w limit at_least = Ok (Taken a who price bought repaid penalty l :: rest) -> price <= limit.
Proof. intros * H. apply take_ok in H. destruct H as (p & made & _ & L & _ & _ & E). cbn zeta in E. injection E as -> -> ->. intros; subst. exact L. Qed.

(** DUT-4: never more than all is wanted; what a sum buys is rounded down; at a price of zero it is everything. *)
Theorem DUT_4_all : forall lot w price, 0 <= lot -> 0 <= wanted_of lot w price -> wanted_of lot w price <= lot.
Proof. exact wanted_bounds. Qed.

Theorem DUT_4_spend : forall lot money price, 0 <= money -> 0 < price ->
  wanted_of lot (Spend money) price * price <= money.
Proof.
  intros. unfold wanted_of. replace (money <? 0) with false by lia. replace (0 <? price) with true by lia.
  pose proof (quotient money price ltac:(lia)). nia.
Qed.

Theorem DUT_4_free : forall lot money, 0 <= money -> wanted_of lot (Spend money) 0 = lot.
Proof. intros. unfold wanted_of. replace (money <? 0) with false by lia. reflexivity. Qed.

(** Wanting less than nothing is refused, and nothing, and a price of zero, unless terms allow these. *)
Theorem DUT_4_refused : forall t s d price w,
  wanted_of (d_collateral d) w price < 0 \/
  (s_empty_sale s = RefuseEmpty /\ (wanted_of (d_collateral d) w price = 0 \/ price = 0)) ->
  sold t s d price w = No (NothingWanted price).
Proof.
  intros t s d price w H. unfold sold.
  replace ((wanted_of (d_collateral d) w price <? 0)
    || ((match s_empty_sale s with RefuseEmpty => true | AllowEmpty => false end)
        && ((wanted_of (d_collateral d) w price =? 0) || (price =? 0)))) with true; [reflexivity |].
  symmetry. apply orb_true_iff. destruct H as [H | [-> H]]; [left; now apply Z.ltb_lt | right].
  cbn [andb]. apply orb_true_iff. rewrite !Z.eqb_eq. exact H.
Qed.

(** DUT-7: unless terms allow it no sale is for nothing that does not end the lot. *)
Theorem DUT_7 : forall t s d price w made, s_empty_sale s = RefuseEmpty -> sold t s d price w = Ok made ->
  bought made <> 0 \/ ends_with d made = true.
Proof. intros * R H. apply sold_ok in H. tauto. Qed.

(** DUT-8: a buyer gets at least what he insists on. *)
Theorem DUT_8 : forall t s d at_ bidder w limit at_least a who price bought repaid penalty l rest,
  take t s d at_ bidder w limit at_least = Ok (Taken a who price bought repaid penalty l :: rest) -> at_least <= bought.
Proof. intros * H. apply take_ok in H. destruct H as (p & made & _ & _ & _ & L & E). cbn zeta in E. injection E as -> -> ->. intros; subst. exact L. Qed.

(** DUT-9: a lot starts from the market price times the markup, rounded down; never from nothing. *)
Theorem DUT_9 : forall t s asset market price, start_price_of t s asset market = Ok price ->
  0 < market /\ 0 < price /\ price * RAY <= market * s_markup s < (price + 1) * RAY.
Proof.
  intros * H. unfold start_price_of in H. answered H. rewrite Z.ltb_lt in *. subst price.
  repeat split; try assumption; apply (FIX_1_floor market (s_markup s) RAY RAY_pos).
Qed.

(** A reset moves nothing but the start price and its time, and adds to what the lot has earned. *)
Theorem DUT_9_reset : forall d a start_price keeper reward p,
  let d' := evolve_dutch d (Reset a start_price keeper reward p) in
  d_collateral d' = d_collateral d /\ d_debt d' = d_debt d /\ d_target d' = d_target d /\
  d_start_price d' = start_price /\ d_started_at d' = a_at a /\ d_rewarded d' = d_rewarded d + reward.
Proof. intros. repeat split. Qed.

(** DUT-10: a sale takes from a lot what was bought, repaid, and repaid or paid as penalty; a closing or a
    cancelling leaves nothing and ends it. *)
Theorem DUT_10_taken : forall d a who price bought repaid penalty l,
  let d' := evolve_dutch d (Taken a who price bought repaid penalty l) in
  d_collateral d' = d_collateral d - bought /\ d_debt d' = d_debt d - repaid /\
  d_target d' = d_target d - repaid - penalty /\ d_last_at d' = a_at a /\ d_ended d' = d_ended d.
Proof. intros. repeat split. Qed.

Theorem DUT_10_over : forall d e,
  match e with Closed _ _ _ _ _ _ | Cancelled _ _ _ _ _ _ _ => True | _ => False end ->
  let d' := evolve_dutch d e in d_collateral d' = 0 /\ d_debt d' = 0 /\ d_target d' = 0 /\ d_ended d' = true.
Proof. intros d e. destruct e; intros []; repeat split. Qed.

(** DUT-11: what is paid repays the debt first; a sale that meets the target or takes the last collateral closes the
    lot, and what is then left is returned, bad, or short. *)
Theorem DUT_11 : forall t s d at_ bidder w limit at_least es, take t s d at_ bidder w limit at_least = Ok es ->
  exists a price made,
  let repaid := Z.min (paid made) (d_debt d) in
  let taken := Taken a bidder price (bought made) repaid (paid made - repaid) (d_loss_at d) in
  (es = [taken] /\ paid made <> d_target d /\ bought made <> d_collateral d) \/
  (es = [taken; Closed a (d_collateral d - bought made) (d_debt d - repaid) (d_target d - paid made) (d_loss_at d)
                  (d_target d - paid made)] /\
   (paid made = d_target d \/ bought made = d_collateral d)).
Proof.
  intros * H. apply take_ok in H. destruct H as (price & made & _ & _ & _ & _ & ->).
  exists (about_dutch (t_version t) at_ d), price, made. cbn zeta. unfold ends_with.
  replace (d_target d - Z.min (paid made) (d_debt d) - (paid made - Z.min (paid made) (d_debt d)))
    with (d_target d - paid made) by lia.
  destruct (paid made =? d_target d) eqn:X; destruct (bought made =? d_collateral d) eqn:Y; cbn [orb];
    rewrite ?Z.eqb_eq, ?Z.eqb_neq in *; auto.
Qed.

(** DUT-12: every event names the lot, its line, what it sells, the instant and the version of the terms. *)
Theorem DUT_12 : forall t s level d c es e, decide_dutch t s level d c = Ok es -> In e es ->
  about_of e = Some (About (d_id d) (d_line d) (time_of c) (t_version t) (d_goods d)).
Proof.
  intros * H I. unfold decide_dutch in H. answered H. destruct c; try discriminate.
  - apply take_ok in H. destruct H as (price & made & _ & _ & _ & _ & ->).
    destruct I as [<- | I]; [reflexivity |]. destruct (ends_with d made); cbn in I; destruct I as [<- | I] || destruct I; [reflexivity | destruct I].
  - unfold reset in H. answered H. subst es. destruct I as [<- | []]. reflexivity.
  - injection H as <-. destruct I as [<- | []]. reflexivity.
Qed.

(** DUT-13: at every instant at which a lot has a price it is stale or it is not: of a take and a reset one is not
    refused for that. *)
Theorem DUT_13_either : forall t s d at_ price, price_at (t_width t) (s_curve s) (d_start_price d) (at_ - d_started_at d) = Some price ->
  status t s d at_ = Ok (price, true) \/ status t s d at_ = Ok (price, false).
Proof. intros * P. unfold status. rewrite P. destruct (is_stale s d (at_ - d_started_at d) price); auto. Qed.

(** Where a lot sells, above zero and within the width, whoever sets no limit and wants all gets a sale that ends it. *)
Theorem DUT_13_sells : forall t s level d at_ bidder price limit, price <= limit ->
  bounded (ByFalling d) -> alive (ByFalling d) -> d_ended d = false ->
  is_time at_ (d_last_at d) = true -> level < 3 ->
  status t s d at_ = Ok (price, false) -> 0 < price -> fits (t_width t) (d_collateral d * price) = true ->
  exists taken closed,
  decide_dutch t s level d (Take at_ bidder All limit 0) = Ok [taken; closed] /\
  d_ended (fold_left evolve_dutch [taken; closed] d) = true.
Proof.
  intros * Y B A E T L S P F. destruct (A E) as [C G]. cbn [bounded] in B.
  assert (W : fair (d_collateral d) (d_target d) price (d_collateral d)) by (unfold fair; lia).
  destruct (DUT_6_all (d_collateral d) (d_target d) price (s_min_left s) (s_min_collateral_left s) W) as [made [M K]].
  pose proof (DUT_5_bought _ _ _ _ _ _ _ W M) as N.
  assert (X : ends_with d made = true).
  { unfold ends_with. apply orb_true_iff. rewrite !Z.eqb_eq. tauto. }
  unfold decide_dutch, admitted. cbn [time_of halted_from]. rewrite T, E. cbn [negb].
  replace (3 <=? level) with false by (symmetry; apply Z.leb_gt; lia). cbn [negb]. rewrite !guard_true.
  unfold take. rewrite S, bind_of_ok. cbn [negb]. rewrite guard_true.
  replace (price <=? limit) with true by lia. rewrite guard_true.
  assert (Q : sold t s d price All = Ok made).
  { unfold sold. cbn [wanted_of]. unfold worth. rewrite F, M, X.
    replace (d_collateral d <? 0) with false by lia. replace (d_collateral d =? 0) with false by lia.
    replace (price =? 0) with false by lia. cbn [orb]. rewrite andb_false_r. cbn [orb negb].
    rewrite !guard_true, andb_false_r. cbn [negb]. now rewrite guard_true. }
  rewrite Q, bind_of_ok. replace (0 <=? bought made) with true by lia. rewrite guard_true, X.
  do 2 eexists. split; reflexivity.
Qed.

(** A cancel at a good time is never refused to an open lot, at any level, on any curve, in any width. *)
Theorem DUT_13_cancel : forall t s level d at_, d_ended d = false -> is_time at_ (d_last_at d) = true -> level <= 3 ->
  decide_dutch t s level d (Cancel at_) = Ok (cancel_dutch t d at_).
Proof.
  intros * E T L. unfold decide_dutch, admitted. cbn [time_of halted_from]. rewrite T, E. cbn [negb].
  replace (4 <=? level) with false by lia. cbn [negb]. now rewrite !guard_true.
Qed.

(** A stale lot starts again, below level 2, from any price that gives a start price, where its reward fits. *)
Theorem DUT_13_reset : forall t s level d at_ keeper market price start reward,
  d_ended d = false -> is_time at_ (d_last_at d) = true -> level < 2 ->
  status t s d at_ = Ok (price, true) -> start_price_of t s (asset_of (d_goods d)) market = Ok start ->
  for_reset t d market (s_min_left s) = Ok reward ->
  decide_dutch t s level d (ResetLot at_ keeper market)
  = Ok [Reset (about_dutch (t_version t) at_ d) start keeper reward (r_payer (t_reward t))].
Proof.
  intros * E T L S P R. unfold decide_dutch, admitted. cbn [time_of halted_from]. rewrite T, E. cbn [negb].
  replace (2 <=? level) with false by lia. cbn [negb]. rewrite !guard_true. unfold reset.
  now rewrite S, bind_of_ok, guard_true, P, bind_of_ok, R, bind_of_ok.
Qed.

(** HOU-4: a breaker that stands too high refuses; HOU-5: so does the end of a lot. *)
Theorem HOU_4 : forall (A : Type) level last ended c (next : result A) a,
  admitted level last ended c next = Ok a -> level < halted_from c.
Proof. intros * H. answered H. apply negb_true_iff, Z.leb_gt in G0. exact G0. Qed.

Theorem HOU_5 : forall (A : Type) level last ended c (next : result A) a,
  admitted level last ended c next = Ok a -> ended = false.
Proof. intros * H. answered H. now apply negb_true_iff in G1. Qed.

(** HOU-1: a command to a lot comes at a whole second of the clock, not before the last event of its lot. *)
Theorem HOU_1 : forall (A : Type) level last ended c (next : result A) a,
  admitted level last ended c next = Ok a -> last <= time_of c <= MAX_SAFE.
Proof.
  intros * H. answered H. unfold is_time in G. rewrite !andb_true_iff, !Z.leb_le in G. lia.
Qed.

(** HOU-6: a command that does not fit the kind of auction is refused. *)
Theorem HOU_6_dutch : forall t s level d c es, decide_dutch t s level d c = Ok es ->
  match c with Take _ _ _ _ _ | ResetLot _ _ _ | Cancel _ => True | _ => False end.
Proof. intros * H. unfold decide_dutch in H. answered H. destruct c; try discriminate; exact I. Qed.

Theorem HOU_6_english : forall version w s level b c es, decide_english version w s level b c = Ok es ->
  match c with Take _ _ _ _ _ | ResetLot _ _ _ => False | _ => True end.
Proof. intros * H. unfold decide_english in H. answered H. destruct c; try discriminate; exact I. Qed.

(** HOU-11: what a level allows every lower level allows, with the same events. *)
Theorem HOU_11 : forall t low high l c es, low <= high -> decide t high l c = Ok es -> decide t low l c = Ok es.
Proof.
  intros * L H.
  assert (A : forall (A : Type) last ended (next : result A) a,
    admitted high last ended c next = Ok a -> admitted low last ended c next = Ok a).
  { intros A last ended next a D. unfold admitted in *. apply guard_ok in D. destruct D as [-> D]. rewrite guard_true.
    apply guard_ok in D. destruct D as [D1 D]. apply negb_true_iff, Z.leb_gt in D1.
    replace (halted_from c <=? low) with false by lia. cbn [negb]. rewrite guard_true. exact D. }
  unfold decide in *. apply guard_ok in H. destruct H as [-> H]. apply guard_ok in H. destruct H as [-> H].
  rewrite !guard_true. destruct (goods_of l); try assumption.
  destruct (sale_of t asset) as [[s | s] |]; destruct l; try exact H;
    unfold decide_dutch, decide_english in *; apply A; exact H.
Qed.
