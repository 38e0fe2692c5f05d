(** The lots of one seizure: their debts and their targets, and what they need to be put up. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Reward Dutch English Position Seizure House Auction.
From Knockdown.proofs Require Import FixedLaws Accounts LotLaws SplitLaws SeizureLaws Steps.
Import ListNotations.
Open Scope Z_scope.

Strategy expand [allowed undusted split parts plan put_up start_lots open start_of].

(** ** The debt of the lots *)

Lemma split_ok : forall t p whole these taking, 0 < p_index p -> 0 < gross_of t -> 0 <= whole -> these <> [] ->
  split t p whole these = Ok taking ->
  List.length taking = List.length these /\ sum taking = whole /\ (forall one, In one taking -> 0 <= one).
Proof.
  intros * X G W N H. unfold split in H.
  destruct these as [| first [| second rest]]; [contradiction | |].
  - injection H as <-. cbn. split; [reflexivity |]. split; [lia |]. intros one [<- | []]. exact W.
  - set (these := first :: second :: rest) in *.
    destruct (find (fun one => w_value one <=? 0) these) eqn:F; [discriminate |].
    assert (V : forall value, In value (map w_value these) -> 0 < value).
    { intros value I. apply in_map_iff in I. destruct I as [one [<- I]].
      pose proof (find_none _ _ F one I) as E. now apply Z.leb_gt in E. }
    set (values := map w_value these) in *.
    assert (L : List.length values = List.length these) by apply map_length.
    assert (Q : values <> []) by discriminate. clearbody values. clear F.
    destruct (z_split (t_sizing t)); answered H; subst taking.
    + assert (T : 0 < sum values).
      { assert (D : forall ns, (forall n, In n ns -> 0 < n) -> ns <> [] -> 0 < sum ns).
        { intros [| n ns] P E; [contradiction |]. rewrite sum_cons. specialize (P n (or_introl eq_refl)) as P0.
          pose proof (sum_nonneg ns (fun m I => Z.lt_le_incl _ _ (P m (or_intror I)))). lia. }
        now apply D. }
      assert (P : forall weight, In weight values -> 0 <= weight) by (intros; apply Z.lt_le_incl; auto).
      split; [rewrite SEI_9_length; assumption |].
      split; [now apply SEI_9_adds_up |]. intros one. now apply SEI_9_nonneg.
    + split; [rewrite SEI_10_length, map_length; assumption |].
      split; [apply SEI_10_adds_up; destruct values; [contradiction | discriminate] |]. apply SEI_10_nonneg; [exact W |].
      intros cover I. apply in_map_iff in I. destruct I as [value [<- I]]. apply V in I. pose proof WAD_pos.
      apply Z.div_pos; [apply Z.div_pos; lia | exact G].
Qed.

Lemma sum_snd_kept : forall (these : list seized) taking, List.length taking = List.length these ->
  (forall one, In one taking -> 0 <= one) ->
  sum (map snd (filter (fun both => 0 <? snd both) (combine these taking))) = sum taking.
Proof.
  induction these as [| one these IH]; intros [| taken taking] L N; try discriminate; [reflexivity |].
  cbn [combine filter snd]. pose proof (N taken (or_introl eq_refl)).
  specialize (IH taking ltac:(cbn in L; lia) (fun n I => N n (or_intror I))).
  destruct (Z.ltb_spec 0 taken); cbn [map snd]; rewrite !sum_cons, IH; lia.
Qed.

Lemma plan_shares : forall t p quotes in_house in_line xs, plan t p quotes in_house in_line = Ok xs ->
  exists shares kept, 0 < p_index p /\ 0 < kept <= p_shares p /\ 0 < gross_of t /\
  allowed t p in_house in_line = Ok shares /\ undusted t p shares = Ok kept /\ sum (map x_shares xs) = kept /\
  (forall x, In x xs -> 0 < x_shares x /\ x_debt x = x_shares x * p_index p /\ x_target x = target_of t (x_debt x)).
Proof.
  intros * H. apply plan_ok in H. destruct H as (shares & kept & S & X & A & U & P).
  destruct (kept_fits _ _ _ _ _ _ X A U) as (K & G & _).
  apply parts_ok in P. destruct P as (taking & N & T & ->).
  pose proof (seized_some _ _ _ _ S N) as L.
  destruct (split_ok t p kept _ taking X G ltac:(lia) N T) as (E & F & M).
  exists shares, kept. repeat (split; [assumption || lia |]). split.
  - rewrite map_map. rewrite <- (sum_snd_kept _ taking E M) in F.
    transitivity (sum (map snd (filter (fun both => 0 <? snd both) (combine (seized_of t p quotes kept) taking))));
      [f_equal | exact F].
    apply map_ext. intros [one taken]. reflexivity.
  - intros x I. apply in_map_iff in I. destruct I as [[one taken] [<- I]]. apply filter_In in I. destruct I as [_ I].
    apply Z.ltb_lt in I. cbn in I |- *. auto.
Qed.

(** SEI-6: the debt of each lot is its shares times the index, exact, and its target that debt with its penalty, rounded down. *)
Theorem SEI_6 : forall t p quotes in_house in_line xs x, plan t p quotes in_house in_line = Ok xs -> In x xs ->
  x_debt x = x_shares x * p_index p /\ x_target x * WAD <= x_debt x * gross_of t < (x_target x + 1) * WAD.
Proof.
  intros * H I. apply plan_shares in H. destruct H as (_ & _ & _ & _ & _ & _ & _ & _ & H).
  destruct (H x I) as (_ & D & ->). split; [exact D |]. apply (FIX_1_floor (x_debt x) (gross_of t) WAD WAD_pos).
Qed.

(** The debts of the lots of one seizure are together the shares seized times the index: no unit is lost. *)
Theorem SEI_6_debt : forall t p quotes in_house in_line xs, plan t p quotes in_house in_line = Ok xs ->
  exists shares, 0 < shares <= p_shares p /\ sum (map x_shares xs) = shares /\
  sum (map x_debt xs) = shares * p_index p.
Proof.
  intros * H. apply plan_shares in H. destruct H as (_ & kept & _ & K & _ & _ & _ & S & H).
  exists kept. repeat split; try lia. rewrite <- S, Z.mul_comm, <- sum_times. f_equal. apply map_ext_in.
  intros x I. destruct (H x I) as (_ & -> & _). lia.
Qed.

(** Under a penalty that is not below zero a target is never below its debt. *)
Theorem SEI_6_penalty : forall t debt, 0 <= debt -> 0 <= z_penalty_rate (t_sizing t) -> debt <= target_of t debt.
Proof.
  intros t debt D P. unfold target_of, mul_div, divide, gross_of. pose proof WAD_pos.
  apply Z.div_le_lower_bound; nia.
Qed.

Lemma targets_at_most : forall t xs, (forall x, In x xs -> x_target x = target_of t (x_debt x)) ->
  sum (map x_target xs) * WAD <= sum (map x_debt xs) * gross_of t.
Proof.
  intros t xs H.
  rewrite (Z.mul_comm (sum (map x_target xs))), (Z.mul_comm (sum (map x_debt xs))), <- !sum_times.
  apply sum_le. intros x I. rewrite (H x I).
  pose proof (FIX_1_floor (x_debt x) (gross_of t) WAD WAD_pos). unfold target_of. lia.
Qed.

(** SEI-4: absorbed dust lets the targets exceed what the cap takes by at most ([min_debt] - 1) with its penalty; *)
Theorem SEI_4_overshoot : forall t p quotes in_house in_line xs, plan t p quotes in_house in_line = Ok xs ->
  (sum (map x_target xs) - cap_money t in_house in_line) * WAD <= overshoot t.
Proof.
  intros * H. apply plan_shares in H. destruct H as (shares & kept & X & K & G & A & U & S & H).
  destruct (kept_fits _ _ _ _ _ _ X A U) as (_ & _ & F).
  pose proof (targets_at_most t xs (fun x I => proj2 (proj2 (H x I)))) as T.
  assert (D : sum (map x_debt xs) = kept * p_index p).
  { rewrite <- S, Z.mul_comm, <- sum_times. f_equal. apply map_ext_in. intros x I. destruct (H x I) as (_ & -> & _). lia. }
  rewrite D in T. lia.
Qed.

(** SEI-3: else the targets of all lots together fit the room, and the slice. *)
Theorem SEI_3_targets : forall t p quotes in_house in_line xs, plan t p quotes in_house in_line = Ok xs ->
  match z_dust (t_sizing t) with Absorb _ => False | _ => True end ->
  let targets := sum (map x_target xs) in
  targets <= in_house /\ targets <= in_line /\
  match z_cap (t_sizing t) with Slice most _ => targets <= most | Room => True end.
Proof.
  intros * H D targets. apply SEI_4_overshoot in H. fold targets in H. unfold overshoot, cap_money in H.
  pose proof WAD_pos. assert (targets <= match z_cap (t_sizing t) with
    | Slice most _ => Z.min most (Z.min in_house in_line) | Room => Z.min in_house in_line end).
  { destruct (z_dust (t_sizing t)); try contradiction; destruct (z_cap (t_sizing t)); nia. }
  destruct (z_cap (t_sizing t)); repeat split; lia.
Qed.

(** SEI-10: what an asset takes in order raises no more than it is worth. *)
Theorem SEI_10_worth : forall t p value shares, 0 < p_index p -> 0 < gross_of t ->
  shares <= value * WAD / p_index p / gross_of t -> target_of t (shares * p_index p) <= value.
Proof. intros. apply target_at_most. now apply fitting. Qed.

(** ** A lot of its own for each asset *)

Lemma accepted_once : forall cs seen, NoDup (map c_asset (accepted_of seen cs)) /\
  forall c, In c (accepted_of seen cs) -> ~ In (c_asset c) seen.
Proof.
  induction cs as [| c cs IH]; intros seen; [split; [constructor | intros c []] |]. cbn [accepted_of].
  destruct (existsb (String.eqb (c_asset c)) seen) eqn:E; [apply IH |].
  destruct (IH (c_asset c :: seen)) as [N S]. split.
  - cbn. constructor; [| exact N]. intros I. apply in_map_iff in I. destruct I as [d [Q I]].
    apply (S d I). rewrite Q. now left.
  - intros d [<- | I]; [| intros J; apply (S d I); now right].
    intros J. enough (existsb (String.eqb (c_asset c)) seen = true) by congruence.
    apply existsb_exists. exists (c_asset c). split; [exact J | apply String.eqb_refl].
Qed.

Lemma NoDup_filtered : forall {A B : Type} (f : A -> B) keep xs, NoDup (map f xs) -> NoDup (map f (filter keep xs)).
Proof.
  intros A B f keep xs. induction xs as [| x xs IH]; intros N; [exact N |]. cbn in *. inversion N as [| ? ? X M]. subst.
  destruct (keep x); [cbn; constructor; [| now apply IH] | now apply IH].
  intros I. apply X. apply in_map_iff in I. destruct I as [y [E I]]. apply filter_In in I.
  rewrite <- E. apply in_map. apply I.
Qed.

(** SEI-8: each asset that is seized becomes a lot of its own, *)
Theorem SEI_8 : forall t p quotes in_house in_line xs, plan t p quotes in_house in_line = Ok xs ->
  NoDup (map (fun x => c_asset (x_collateral x)) xs).
Proof.
  intros * H. apply plan_ok in H. destruct H as (shares & kept & _ & _ & _ & _ & P).
  apply parts_ok in P. destruct P as (taking & _ & _ & ->). rewrite map_map.
  rewrite (map_ext _ (fun both => c_asset (w_collateral (fst both)))) by (intros [one taken]; reflexivity).
  apply NoDup_filtered.
  assert (N : NoDup (map (fun one => c_asset (w_collateral one)) (seized_of t p quotes kept))).
  { apply NoDup_filtered. rewrite map_map. apply (accepted_once (t_collaterals t) []). }
  revert taking. induction (seized_of t p quotes kept) as [| one these IH]; intros [| taken taking]; cbn; try constructor.
  - inversion N as [| ? ? X M]. subst. intros I. apply X. apply in_map_iff in I. destruct I as [[o k] [E I]].
    apply in_combine_l in I. cbn in E. rewrite <- E. now apply (in_map (fun one => c_asset (w_collateral one))).
  - inversion N. now apply IH.
Qed.

(** a single one takes the whole debt, *)
Theorem SEI_8_single : forall t p whole one, split t p whole [one] = Ok [whole].
Proof. reflexivity. Qed.

(** and of several the first that has no market price above zero is named, where there is one. *)
Theorem SEI_8_no_value : forall t p whole a b rest one,
  find (fun one => w_value one <=? 0) (a :: b :: rest) = Some one ->
  split t p whole (a :: b :: rest) = No (NoValue (c_asset (w_collateral one))).
Proof. intros * F. unfold split. now rewrite F. Qed.

Theorem SEI_8_value : forall t p whole a b rest taking, split t p whole (a :: b :: rest) = Ok taking ->
  forall one, In one (a :: b :: rest) -> 0 < w_value one.
Proof.
  intros * H one I. unfold split in H.
  destruct (find (fun one => w_value one <=? 0) (a :: b :: rest)) eqn:F; [discriminate |].
  pose proof (find_none _ _ F one I) as E. now apply Z.leb_gt in E.
Qed.

(** ** What is put up *)

Lemma put_up_ok : forall t l position owner at_ keeper xs es, put_up t l position owner at_ keeper xs = Ok es ->
  l_level l < 1 /\ (forall x, In x xs -> good_part x) /\ owner <> ""%string /\
  map Ok es = open_parts t l position owner at_ keeper xs 0.
Proof.
  intros * H. unfold put_up in H. answered H. apply Z.ltb_lt in G. rewrite forallb_forall in G0, G1.
  split; [exact G |]. split; [| split].
  - intros x I. specialize (G0 x I). specialize (G1 x I). rewrite !andb_true_iff, Z.ltb_lt, !Z.leb_le in G0.
    apply Z.ltb_lt in G1. unfold good_part. lia.
  - apply negb_true_iff, String.eqb_neq in G2. exact G2.
  - apply all_or_first_ok in H. now symmetry.
Qed.

(** SEI-6: no lot is opened whose target is not above zero. *)
Theorem SEI_6_target : forall t l position owner at_ keeper xs es,
  put_up t l position owner at_ keeper xs = Ok es -> forall x, In x xs -> 0 < x_target x.
Proof. intros * H x I. apply put_up_ok in H. destruct H as (_ & H & _). apply (H x I). Qed.

(** SEI-7: a position whose owner has no name is not seized. *)
Theorem SEI_7 : forall t k p quotes at_ keeper es, open t k p quotes at_ keeper = Ok es -> p_owner p <> ""%string.
Proof.
  intros * H. unfold open in H. destruct (line_of k (t_line t)); [| discriminate]. answered H.
  apply liquidatable_ok in H. destruct H as [H _]. answered H. now apply put_up_ok in H.
Qed.

(** SEI-11: a lot whose price falls, and one by bids that has a reserve, start from a market price above zero. *)
Theorem SEI_11 : forall t x at_ begun, start_of t x at_ = Ok begun ->
  match c_sale (x_collateral x) with ByPrice _ => True | ByBids s => 0 < s_reserve s end -> 0 < x_market x.
Proof.
  intros * H S. unfold start_of in H. destruct (c_sale (x_collateral x)).
  - answered H. unfold start_price_of in B. answered B. now apply Z.ltb_lt in G.
  - answered H. unfold reserve_of in B. replace (s_reserve s <=? 0) with false in B by lia. answered B. now apply Z.ltb_lt in G.
Qed.

Theorem SEI_11_refused : forall t x at_, x_market x <= 0 ->
  match c_sale (x_collateral x) with ByPrice _ => True | ByBids s => 0 < s_reserve s end ->
  start_of t x at_ = No (NoMarketPrice (c_asset (x_collateral x))).
Proof.
  intros * M S. unfold start_of. destruct (c_sale (x_collateral x)).
  - unfold start_price_of. now replace (0 <? x_market x) with false by lia.
  - unfold reserve_of. replace (s_reserve s <=? 0) with false by lia. now replace (0 <? x_market x) with false by lia.
Qed.

(** Of the rules that several lots break, that of the lowest stage is named, of equals the first lot's. *)
Theorem SEI_11_first : forall rs r, all_or_first rs = No r ->
  exists earlier later, rs = earlier ++ No r :: later /\
  (forall other, In (No other) earlier -> stage r < stage other) /\
  (forall other, In (No other) later -> stage r <= stage other).
Proof.
  assert (F : forall rs es r, all_or_first rs = Ok es -> ~ In (No r) rs).
  { intros rs es r H I. apply all_or_first_ok in H. subst rs. apply in_map_iff in I. destruct I as [e [E _]]. discriminate. }
  induction rs as [| one rs IH]; intros r H; [discriminate |]. cbn in H.
  destruct one as [e | r1]; destruct (all_or_first rs) as [es | r2] eqn:R; try discriminate.
  - injection H as ->. destruct (IH r eq_refl) as (earlier & later & -> & E & L).
    exists (Ok e :: earlier), later. split; [reflexivity |]. split; [| exact L].
    intros other [I | I]; [discriminate | now apply E].
  - injection H as ->. exists [], rs. split; [reflexivity |]. split; [intros other [] |].
    intros other I. destruct (F rs es other R I).
  - destruct (IH r2 eq_refl) as (earlier & later & -> & E & L).
    destruct (Z.ltb_spec (stage r2) (stage r1)) as [D | D]; injection H as <-.
    + exists (No r1 :: earlier), later. split; [reflexivity |]. split; [| exact L].
      intros other [I | I]; [injection I as <-; exact D | now apply E].
    + exists [], (earlier ++ No r2 :: later). split; [reflexivity |]. split; [intros other [] |].
      intros other I. apply in_app_or in I. destruct I as [I | [I | I]].
      * specialize (E other I). lia.
      * injection I as <-. exact D.
      * specialize (L other I). lia.
Qed.

(** SEI-12: collateral in hand is put up under the terms in force, which list it, at a good time, for a target, *)
Theorem SEI_12 : forall t l position owner at_ keeper xs es, start_lots t l position owner at_ keeper xs = Ok es ->
  l_version l = t_version t /\ l_last_at l <= at_ /\ l_level l < 1 /\ owner <> ""%string /\
  fits (t_width t) (l_in_flight l + sum (map x_target xs)) = true /\
  forall x, In x xs ->
  sale_of t (c_asset (x_collateral x)) <> None /\ 0 < x_amount x /\ 0 <= x_debt x /\ 0 <= x_shares x /\ 0 < x_target x.
Proof.
  intros * H. unfold start_lots in H. answered H. apply Z.eqb_eq in G.
  destruct (find _ xs) eqn:F; [discriminate |]. answered H. apply put_up_ok in H. destruct H as (L & P & O & _).
  unfold is_time in G0. rewrite !andb_true_iff, !Z.leb_le in G0. rewrite forallb_app, andb_true_iff in G1.
  destruct G1 as [_ G1]. cbn [forallb] in G1. rewrite andb_true_r in G1.
  repeat (split; [assumption || tauto |]). intros x I. specialize (P x I). unfold good_part in P. split; [| lia].
  pose proof (find_none _ _ F x I) as E. cbn in E. destruct (sale_of t (c_asset (x_collateral x))); discriminate.
Qed.

(** and the lots are what the caller says they are. *)
Theorem SEI_12_says : forall t l position owner at_ keeper xs i es,
  map Ok es = open_parts t l position owner at_ keeper xs i ->
  Forall2 (fun x e => exists a o, e = Opened a o /\ o_collateral o = x_amount x /\ o_shares o = x_shares x /\
             o_debt o = x_debt x /\ o_target o = x_target x /\
             a_goods a = OfCollateral (c_asset (x_collateral x)) position owner) xs es.
Proof.
  induction xs as [| x xs IH]; intros i es M; destruct es as [| e es]; try discriminate; constructor.
  - injection M as E _. symmetry in E. apply open_part_ok in E. destruct E as (begun & reward & _ & _ & ->).
    do 2 eexists. split; [reflexivity |]. repeat split.
  - injection M as _ M. eapply IH. exact M.
Qed.
