(** What of an unsafe position goes up for sale: how many shares, of which assets, and for which targets. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Position Seizure.
From Knockdown.proofs Require Import FixedLaws Accounts LotLaws SplitLaws.
Import ListNotations.
Open Scope Z_scope.

Strategy expand [allowed undusted split parts plan].

(** ** How many shares *)

Lemma owes_ok : forall p, owes p = true -> 0 < p_shares p /\ 0 < p_index p.
Proof. intros p O. unfold owes in O. now rewrite andb_true_iff, !Z.ltb_lt in O. Qed.

(** The money that the cap takes: the room, or, where that is sliced, at most a slice. *)
Definition cap_money (t : terms) (in_house in_line : Z) : Z :=
  let left := Z.min in_house in_line in
  match z_cap (t_sizing t) with Slice most _ => Z.min most left | Room => left end.

Lemma allowed_ok : forall t p in_house in_line shares, allowed t p in_house in_line = Ok shares ->
  0 < Z.min in_house in_line /\
  match z_cap (t_sizing t) with Slice _ min_room => min_room <= Z.min in_house in_line | Room => True end /\
  0 < gross_of t /\
  shares = Z.min (asked t p) (cap_money t in_house in_line * WAD / p_index p / gross_of t).
Proof.
  intros * H. unfold allowed in H. answered H. subst shares.
  apply negb_true_iff, orb_false_iff in G0. destruct G0 as [R M]. apply Z.leb_gt in R. apply Z.ltb_lt in G3.
  unfold cap_money, mul_div, divide. rewrite !Z.mul_1_r. repeat split; try assumption.
  destruct (z_cap (t_sizing t)); [exact I | now apply Z.ltb_ge].
Qed.

(** SEI-1: nothing is seized unless the lesser of what both ceilings leave is above zero, nor, sliced, below the least room. *)
Theorem SEI_1 : forall t p in_house in_line shares, allowed t p in_house in_line = Ok shares ->
  0 < in_house /\ 0 < in_line /\
  match z_cap (t_sizing t) with Slice _ min_room => min_room <= in_house /\ min_room <= in_line | Room => True end.
Proof.
  intros * H. apply allowed_ok in H. destruct H as (R & M & _).
  destruct (z_cap (t_sizing t)); repeat split; lia.
Qed.

(** Without it a seizure is refused as [CeilingReached]; under a slice that counts in words a room below zero is out of range. *)
Theorem SEI_1_refused : forall t p in_house in_line,
  Z.min in_house in_line <= 0 \/
  match z_cap (t_sizing t) with Slice _ min_room => Z.min in_house in_line < min_room | Room => False end ->
  allowed t p in_house in_line =
  No (if match z_cap (t_sizing t) with Slice _ _ => fits (t_width t) (Z.min in_house in_line) | Room => true end
      then CeilingReached in_house in_line else OutOfRange RoomLeft).
Proof.
  intros t p in_house in_line H. unfold allowed. destruct (z_cap (t_sizing t)); cbn [negb orb].
  - rewrite guard_true. replace (Z.min in_house in_line <=? 0) with true by lia. reflexivity.
  - destruct (fits (t_width t) (Z.min in_house in_line)); [rewrite guard_true | reflexivity].
    replace ((Z.min in_house in_line <=? 0) || (Z.min in_house in_line <? min_room)) with true; [reflexivity |].
    symmetry. rewrite orb_true_iff, Z.leb_le, Z.ltb_lt. lia.
Qed.

(** SEI-2: never more shares than there are, *)
Theorem SEI_2_all : forall t p in_house in_line shares, allowed t p in_house in_line = Ok shares -> shares <= p_shares p.
Proof. intros * H. apply allowed_ok in H. destruct H as (_ & _ & _ & ->). unfold asked. lia. Qed.

(** nor than the close factor's share of them, or, where dust is absorbed, the least that are worth [min_debt]. *)
Theorem SEI_2 : forall t p in_house in_line shares, 0 < p_index p -> allowed t p in_house in_line = Ok shares ->
  0 < shares ->
  shares * WAD <= p_shares p * z_close_factor (t_sizing t) \/
  exists min_debt, z_dust (t_sizing t) = Absorb min_debt /\ (shares - 1) * p_index p < min_debt.
Proof.
  intros * X H P. apply allowed_ok in H. destruct H as (_ & _ & _ & S). unfold asked in S.
  pose proof (FIX_1_floor (p_shares p) (z_close_factor (t_sizing t)) WAD WAD_pos) as F.
  pose proof WAD_pos.
  destruct (Z_le_gt_dec shares (mul_div (p_shares p) (z_close_factor (t_sizing t)) WAD Floor)) as [L | L]; [left; nia |].
  right. destruct (z_dust (t_sizing t)); try lia. exists min_debt. split; [reflexivity |].
  pose proof (FIX_1_ceil min_debt 1 (p_index p) X). nia.
Qed.

(** A close factor of one or more asks for all; one below zero, where no dust is absorbed, for none. *)
Theorem SEI_2_one : forall t p, 0 <= p_shares p -> WAD <= z_close_factor (t_sizing t) -> asked t p = p_shares p.
Proof.
  intros t p N C. unfold asked.
  pose proof (FIX_1_floor (p_shares p) (z_close_factor (t_sizing t)) WAD WAD_pos). pose proof WAD_pos.
  enough (p_shares p <= mul_div (p_shares p) (z_close_factor (t_sizing t)) WAD Floor) by lia. nia.
Qed.

Theorem SEI_2_none : forall t p, 0 <= p_shares p -> z_close_factor (t_sizing t) < 0 ->
  match z_dust (t_sizing t) with Absorb _ => False | _ => True end -> asked t p = 0.
Proof.
  intros t p N C D. unfold asked.
  pose proof (FIX_1_floor (p_shares p) (z_close_factor (t_sizing t)) WAD WAD_pos). pose proof WAD_pos.
  assert (mul_div (p_shares p) (z_close_factor (t_sizing t)) WAD Floor <= 0) by nia.
  destruct (z_dust (t_sizing t)); try contradiction; lia.
Qed.

(** Shares that money divided by index and by gross takes are worth at most that money, with the penalty. *)
Lemma fitting : forall money index gross shares, 0 < index -> 0 < gross -> shares <= money * WAD / index / gross ->
  shares * index * gross <= money * WAD.
Proof.
  intros * I G S. rewrite Z.div_div in S by lia.
  assert (P : 0 < index * gross) by (apply Z.mul_pos_pos; assumption).
  pose proof (Z.mul_div_le (money * WAD) (index * gross) P) as L.
  rewrite <- Z.mul_assoc, (Z.mul_comm shares). transitivity (index * gross * (money * WAD / (index * gross))); [| exact L].
  apply Z.mul_le_mono_nonneg_l; lia.
Qed.

Lemma target_at_most : forall t debt money, debt * gross_of t <= money * WAD -> target_of t debt <= money.
Proof.
  intros * H. pose proof WAD_pos. pose proof (FIX_1_floor debt (gross_of t) WAD WAD_pos) as F.
  unfold target_of. nia.
Qed.

(** SEI-3: the target of the shares allowed fits the room, and the slice. *)
Theorem SEI_3_fits : forall t p in_house in_line shares, 0 < p_index p -> allowed t p in_house in_line = Ok shares ->
  let target := target_of t (shares * p_index p) in
  target <= in_house /\ target <= in_line /\
  match z_cap (t_sizing t) with Slice most _ => target <= most | Room => True end.
Proof.
  intros * X H target. apply allowed_ok in H. destruct H as (_ & _ & G & S).
  assert (F : target <= cap_money t in_house in_line).
  { apply target_at_most. apply fitting; [exact X | exact G | lia]. }
  unfold cap_money in F. destruct (z_cap (t_sizing t)); repeat split; lia.
Qed.

(** What the dust rule makes of shares: nothing else, or, absorbed, all. *)
Lemma undusted_ok : forall t p shares kept, undusted t p shares = Ok kept ->
  let left := (p_shares p - shares) * p_index p in
  match z_dust (t_sizing t) with
  | Ignore => kept = shares
  | Refuse min_debt => kept = shares /\ (p_shares p <= shares \/ min_debt <= left)
  | Absorb min_debt =>
      (kept = p_shares p /\ shares < p_shares p /\ left < min_debt) \/
      (kept = shares /\ (p_shares p <= shares \/ (min_debt <= left /\ min_debt <= shares * p_index p)))
  end.
Proof.
  intros * H left. unfold undusted in H. fold left in H.
  destruct (z_dust (t_sizing t)); [now injection H as -> | |].
  - destruct (Z.leb_spec (p_shares p) shares) as [L | L]; [injection H as ->; auto |]. answered H.
    destruct (left <? min_debt) eqn:D; [discriminate |]. apply Z.ltb_ge in D. cbn [andb negb] in H.
    rewrite guard_true in H. injection H as ->. auto.
  - destruct (Z.leb_spec (p_shares p) shares) as [L | L]; [injection H as ->; auto |]. answered H.
    destruct (left <? min_debt) eqn:D; rewrite ?Z.ltb_lt, ?Z.ltb_ge in D;
      [injection H as <-; left; repeat split; assumption |].
    answered H. subst kept. cbn [andb] in G0. apply negb_true_iff, Z.ltb_ge in G0. right. auto.
Qed.

(** SEI-4: where only a part is seized, what is left is at least [min_debt], unless dust is ignored; *)
Theorem SEI_4_left : forall t p shares kept min_debt,
  z_dust (t_sizing t) = Refuse min_debt \/ z_dust (t_sizing t) = Absorb min_debt ->
  undusted t p shares = Ok kept -> kept < p_shares p -> min_debt <= (p_shares p - kept) * p_index p.
Proof.
  intros * D H L. apply undusted_ok in H. cbn zeta in H. destruct D as [D | D]; rewrite D in H.
  - destruct H as [-> H]. lia.
  - destruct H as [H | [-> H]]; lia.
Qed.

(** where it is absorbed, so is what is seized. *)
Theorem SEI_4_seized : forall t p shares kept min_debt, z_dust (t_sizing t) = Absorb min_debt ->
  undusted t p shares = Ok kept -> kept < p_shares p -> min_debt <= kept * p_index p.
Proof. intros * D H L. apply undusted_ok in H. cbn zeta in H. rewrite D in H. destruct H as [H | [-> H]]; lia. Qed.

(** Under [Ignore] it is left, *)
Theorem SEI_4_ignored : forall t p shares, z_dust (t_sizing t) = Ignore -> undusted t p shares = Ok shares.
Proof. intros * D. unfold undusted. now rewrite D. Qed.

(** under [Refuse] the seizure is refused, and under [Absorb] all is seized. *)
Theorem SEI_4_refused : forall t p shares min_debt, z_dust (t_sizing t) = Refuse min_debt -> shares < p_shares p ->
  let left := (p_shares p - shares) * p_index p in
  fits (t_width t) left = true -> left < min_debt -> undusted t p shares = No (DustyDebt left min_debt).
Proof.
  intros * D S left F L. unfold undusted. fold left. rewrite D, F.
  replace (p_shares p <=? shares) with false by lia. rewrite guard_true. now replace (left <? min_debt) with true by lia.
Qed.

Theorem SEI_4_absorbed : forall t p shares min_debt, z_dust (t_sizing t) = Absorb min_debt -> shares < p_shares p ->
  let left := (p_shares p - shares) * p_index p in
  fits (t_width t) left = true -> left < min_debt -> undusted t p shares = Ok (p_shares p).
Proof.
  intros * D S left F L. unfold undusted. fold left. rewrite D, F.
  replace (p_shares p <=? shares) with false by lia. rewrite guard_true. now replace (left <? min_debt) with true by lia.
Qed.

(** What absorbing dust lets the target exceed the room by. *)
Definition overshoot (t : terms) : Z :=
  match z_dust (t_sizing t) with Absorb min_debt => Z.max 0 ((min_debt - 1) * gross_of t) | _ => 0 end.

(** The shares that are left after both, in exact money: the room, and at most [min_debt] - 1 with its penalty. *)
Lemma kept_fits : forall t p in_house in_line shares kept, 0 < p_index p ->
  allowed t p in_house in_line = Ok shares -> undusted t p shares = Ok kept ->
  kept <= p_shares p /\ 0 < gross_of t /\
  kept * p_index p * gross_of t <= cap_money t in_house in_line * WAD + overshoot t.
Proof.
  intros * X H U. pose proof (SEI_2_all _ _ _ _ _ H) as S. apply allowed_ok in H. destruct H as (_ & _ & G & A).
  assert (F : shares * p_index p * gross_of t <= cap_money t in_house in_line * WAD) by (apply fitting; lia).
  apply undusted_ok in U. cbn zeta in U. unfold overshoot. destruct (z_dust (t_sizing t)).
  - subst. repeat split; lia.
  - destruct U as [-> _]. repeat split; lia.
  - destruct U as [(-> & _ & L) | [-> _]]; repeat split; try lia.
    assert ((p_shares p - shares) * p_index p * gross_of t <= (min_debt - 1) * gross_of t) by nia. lia.
Qed.

(** ** Which assets *)

Lemma seized_in : forall t p quotes shares one, In one (seized_of t p quotes shares) ->
  In (w_collateral one) (accepted t) /\ 0 < w_amount one /\
  w_amount one = held_of p (c_asset (w_collateral one)) * shares / p_shares p /\
  w_market one = market_of quotes (c_asset (w_collateral one)) /\ w_value one = w_amount one * w_market one.
Proof.
  intros * I. apply filter_In in I. destruct I as [I L]. apply Z.ltb_lt in L.
  apply in_map_iff in I. destruct I as [c [<- I]]. auto.
Qed.

Lemma held_nonneg : forall p asset, 0 <= held_of p asset.
Proof. intros. unfold held_of. destruct (find _ _); lia. Qed.

(** Where something is seized, shares are. *)
Lemma seized_some : forall t p quotes shares, 0 < p_shares p -> seized_of t p quotes shares <> [] -> 0 < shares.
Proof.
  intros t p quotes shares S N. destruct (seized_of t p quotes shares) as [| one rest] eqn:E; [contradiction |].
  destruct (seized_in t p quotes shares one) as (_ & L & Q & _); [rewrite E; now left |].
  pose proof (held_nonneg p (c_asset (w_collateral one))). rewrite Q in L.
  pose proof (Z.mul_div_le (held_of p (c_asset (w_collateral one)) * shares) (p_shares p) S). nia.
Qed.

(** A plan in three steps, as it was reckoned. *)
Lemma plan_ok : forall t p quotes in_house in_line xs, plan t p quotes in_house in_line = Ok xs ->
  exists shares kept, 0 < p_shares p /\ 0 < p_index p /\
  allowed t p in_house in_line = Ok shares /\ undusted t p shares = Ok kept /\ parts t p quotes kept = Ok xs.
Proof. intros * H. unfold plan in H. answered H. apply owes_ok in G. exists a, a0. tauto. Qed.

Definition part_of (t : terms) (p : position) (both : seized * Z) : part :=
  let (one, taken) := both in
  Part (w_collateral one) (w_amount one) taken (taken * p_index p) (target_of t (taken * p_index p)) (w_market one).

Lemma parts_ok : forall t p quotes shares xs, parts t p quotes shares = Ok xs ->
  let these := seized_of t p quotes shares in
  exists taking, these <> [] /\ split t p shares these = Ok taking /\
  xs = map (part_of t p) (filter (fun both => 0 <? snd both) (combine these taking)).
Proof.
  intros * H these. unfold parts in H. fold these in H. answered H.
  destruct these as [| first rest]; [discriminate |]. answered H. subst xs.
  exists a. split; [discriminate |]. split; [assumption | reflexivity].
Qed.

(** SEI-5: what a position loses of an asset is its share of what is held, rounded down: above nothing, at most all. *)
Theorem SEI_5 : forall t p quotes in_house in_line xs, plan t p quotes in_house in_line = Ok xs ->
  exists shares, 0 < shares <= p_shares p /\
  forall x, In x xs ->
  let held := held_of p (c_asset (x_collateral x)) in
  x_amount x = held * shares / p_shares p /\ 0 < x_amount x <= held /\ In (x_collateral x) (accepted t).
Proof.
  intros * H. apply plan_ok in H. destruct H as (shares & kept & S & X & A & U & P).
  destruct (kept_fits _ _ _ _ _ _ X A U) as (K & _). apply parts_ok in P. destruct P as (taking & N & _ & ->).
  pose proof (seized_some _ _ _ _ S N) as P.
  exists kept. split; [lia |]. intros x I. apply in_map_iff in I. destruct I as [[one taken] [<- I]].
  apply filter_In in I. destruct I as [I _]. apply in_combine_l, seized_in in I.
  destruct I as (I & L & Q & _). cbn [part_of x_collateral x_amount].
  split; [exact Q |]. split; [| exact I]. split; [exact L |]. rewrite Q.
  pose proof (held_nonneg p (c_asset (w_collateral one))).
  apply Z.div_le_upper_bound; [exact S |]. nia.
Qed.

(** Where nothing is taken of any asset, nothing is seized; nor of a position that owes nothing. *)
Theorem SEI_5_nothing : forall t p quotes shares,
  forallb (fun c => fits (t_width t) (held_of p (c_asset c) * shares)) (accepted t) = true ->
  seized_of t p quotes shares = [] -> parts t p quotes shares = No NothingSeized.
Proof. intros * F E. unfold parts. now rewrite F, E, guard_true. Qed.

Theorem SEI_5_owes : forall t p quotes in_house in_line, owes p = false ->
  plan t p quotes in_house in_line = No NothingSeized.
Proof. intros * O. unfold plan. now rewrite O. Qed.
