(** What the house lets happen: under which terms, when, and within which ceilings. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Reward Dutch English Position Seizure House Auction Treasury Book.
From Knockdown.proofs Require Import FixedLaws Accounts LotLaws SplitLaws SeizureLaws Bounds Effects Maps BookLaws Steps PlanLaws
  Conservation.
Import ListNotations.
Open Scope Z_scope.

Strategy expand [open plan put_up liquidatable decide_house at_house way_out decide decide_lot].

(** ** Openings *)

Lemma open_ok : forall t k p quotes at_ keeper es, open t k p quotes at_ keeper = Ok es ->
  exists l xs, line_of k (t_line t) = Some l /\ p_line p = t_line t /\ l_version l = t_version t /\
  is_time at_ (last_of k (Some l)) = true /\ k_opens k = true /\ l_level l < 1 /\
  plan t p quotes (k_ceiling k - k_in_flight k) (t_ceiling t - l_in_flight l) = Ok xs /\
  fits (t_width t) (k_in_flight k + sum (map x_target xs)) = true /\ (forall x, In x xs -> good_part x) /\
  map Ok es = open_parts t l (p_id p) (p_owner p) at_ keeper xs 0.
Proof.
  intros * H. unfold open in H. destruct (line_of k (t_line t)) as [l |]; [| discriminate]. answered H.
  apply liquidatable_ok in H. destruct H as [H _]. answered H. apply put_up_ok in H. destruct H as (V & P & _ & M).
  apply String.eqb_eq in G. apply Z.eqb_eq in G0. exists l, a. repeat (split; [assumption || reflexivity |]). exact M.
Qed.

(** HOU-1: an opening comes at a second of the clock, not before the last of its line, and of the house's last change; *)
Theorem HOU_1_opening : forall t k p quotes at_ keeper es, open t k p quotes at_ keeper = Ok es ->
  exists l, line_of k (t_line t) = Some l /\ l_last_at l <= at_ <= MAX_SAFE /\ k_last_at k <= at_.
Proof.
  intros * H. apply open_ok in H. destruct H as (l & xs & L & _ & _ & T & _). exists l. split; [exact L |].
  unfold is_time, last_of in T. rewrite !andb_true_iff, !Z.leb_le in T. lia.
Qed.

(** and so does a change, of a line or of the house. *)
Theorem HOU_1_change : forall k c es, decide_house k c = Ok es ->
  match c with
  | ChangeTerms at_ t => last_of k (line_of k (t_line t)) <= at_ <= MAX_SAFE
  | ChangeLevel at_ name _ => last_of k (line_of k name) <= at_ <= MAX_SAFE
  | ChangeHouse at_ _ _ => last_of k None <= at_ <= MAX_SAFE
  end.
Proof.
  intros * H. destruct c; cbn [decide_house] in H; unfold at_house in H;
    [| destruct (line_of k line); [| discriminate] |]; answered H;
    unfold is_time in G; rewrite !andb_true_iff, !Z.leb_le in G; lia.
Qed.

(** HOU-2: an opening is of a position of the terms' line, which the house knows, under the version in force; *)
Theorem HOU_2_opening : forall t k p quotes at_ keeper es, open t k p quotes at_ keeper = Ok es ->
  exists l, line_of k (t_line t) = Some l /\ p_line p = t_line t /\ l_version l = t_version t.
Proof. intros * H. apply open_ok in H. destruct H as (l & xs & L & P & V & _). eauto. Qed.

Theorem HOU_2_no_line : forall t k p quotes at_ keeper, line_of k (t_line t) = None ->
  open t k p quotes at_ keeper = No (NoSuchLine (t_line t)).
Proof. intros * L. unfold open. now rewrite L. Qed.

(** a command to a lot is under terms of its line, and, where these bind at the opening, of that version; *)
Theorem HOU_2 : forall t level l c es, decide t level l c = Ok es ->
  line_name l = t_line t /\ (binding_of l = AtOpening -> version_of l = t_version t).
Proof.
  intros * H. unfold decide in H. answered H. apply String.eqb_eq in G. split; [exact G |].
  intros B. rewrite B in G0. now apply Z.eqb_eq.
Qed.

(** they sell its asset as the lot is sold, or else it is cancelled, or, by half open edges, settled. *)
Theorem HOU_2_sale : forall t level l c es, decide t level l c = Ok es ->
  exists asset position owner, goods_of l = OfCollateral asset position owner /\
  match sale_of t asset, l with
  | Some (ByPrice _), ByFalling _ | Some (ByBids _), ByBidding _ => True
  | _, ByFalling d => exists at_, c = Cancel at_ /\ es = cancel_dutch t d at_
  | _, ByBidding b =>
      exists at_, (c = Cancel at_ /\ cancel_english (t_version t) b at_ = Ok es) \/
                  (c = Settle at_ /\ settle (t_version t) HalfOpen b at_ = Ok es)
  end.
Proof.
  intros * H. unfold decide in H. answered H. destruct (goods_of l) as [asset position owner | |]; try discriminate.
  exists asset, position, owner. split; [reflexivity |].
  destruct (sale_of t asset) as [[s | s] |]; destruct l as [d | b]; try exact I;
    unfold way_out in H; destruct c; try discriminate; answered H; eauto.
Qed.

(** HOU-3: a house that is closed opens no lots. *)
Theorem HOU_3 : forall t k p quotes at_ keeper es, open t k p quotes at_ keeper = Ok es -> k_opens k = true.
Proof. intros * H. apply open_ok in H. destruct H as (l & xs & _ & _ & _ & _ & O & _). exact O. Qed.

(** HOU-4: from level 1 on openings are refused. *)
Theorem HOU_4_opening : forall t k p quotes at_ keeper es, open t k p quotes at_ keeper = Ok es ->
  exists l, line_of k (t_line t) = Some l /\ l_level l < 1.
Proof. intros * H. apply open_ok in H. destruct H as (l & xs & L & _ & _ & _ & _ & V & _). eauto. Qed.

(** ** Ceilings *)

Lemma openings_flow : forall xs t l position owner at_ keeper i es,
  map Ok es = open_parts t l position owner at_ keeper xs i ->
  over flow es = sum (map x_target xs) /\
  forall name, over (flow_in name) es = if String.eqb (t_line t) name then sum (map x_target xs) else 0.
Proof.
  induction xs as [| x xs IH]; intros * M; destruct es as [| e es]; try discriminate.
  { split; [reflexivity |]. intros name. destruct (String.eqb _ _); reflexivity. }
  injection M as E M. symmetry in E. apply open_part_ok in E. destruct E as (begun & reward & _ & _ & ->).
  apply IH in M. destruct M as [M N]. unfold over in *.
  split; [cbn [map flow o_target]; now rewrite !sum_cons, M |]. intros name. cbn [map].
  rewrite !sum_cons, N. unfold flow_in. cbn [about_of a_line flow o_target]. destruct (String.eqb _ _); reflexivity.
Qed.

Lemma house_flow : forall es k, k_in_flight (fold_left evolve_house es k) = k_in_flight k + over flow es.
Proof.
  unfold over. induction es as [| e es IH]; intros k; cbn [fold_left map]; [change (sum []) with 0; lia |].
  rewrite IH, house_in_flight_after, sum_cons. lia.
Qed.

Lemma line_flow : forall es k name,
  in_flight_of (fold_left evolve_house es k) name = in_flight_of k name + over (flow_in name) es.
Proof.
  unfold over. induction es as [| e es IH]; intros k name; cbn [fold_left map]; [change (sum []) with 0; lia |].
  rewrite IH, in_flight_after, sum_cons. lia.
Qed.

(** SEI-1: after an opening the money in flight, of the house and of the line, is within the ceilings, or over them by
    no more than absorbed dust with its penalty (I16). *)
Theorem SEI_1_ceilings : forall t k p quotes at_ keeper es, open t k p quotes at_ keeper = Ok es ->
  let k' := fold_left evolve_house es k in
  (k_in_flight k' - k_ceiling k) * WAD <= overshoot t /\
  (in_flight_of k' (t_line t) - t_ceiling t) * WAD <= overshoot t.
Proof.
  intros * H k'. apply open_ok in H. destruct H as (l & xs & L & _ & _ & _ & _ & _ & P & _ & _ & M).
  apply openings_flow in M. destruct M as [M N]. apply SEI_4_overshoot in P. pose proof WAD_pos.
  unfold k'. rewrite house_flow, line_flow, M, N, String.eqb_refl. unfold in_flight_of. rewrite L.
  assert (C : cap_money t (k_ceiling k - k_in_flight k) (t_ceiling t - l_in_flight l)
              <= Z.min (k_ceiling k - k_in_flight k) (t_ceiling t - l_in_flight l)).
  { unfold cap_money. destruct (z_cap (t_sizing t)); lia. }
  set (cap := cap_money _ _ _) in *. clearbody cap. set (targets := sum _) in *. clearbody targets. split; nia.
Qed.

(** Where no dust is absorbed it is within both. *)
Theorem SEI_1_within : forall t k p quotes at_ keeper es, open t k p quotes at_ keeper = Ok es ->
  match z_dust (t_sizing t) with Absorb _ => False | _ => True end ->
  let k' := fold_left evolve_house es k in
  k_in_flight k' <= k_ceiling k /\ in_flight_of k' (t_line t) <= t_ceiling t.
Proof.
  intros * H D k'. apply SEI_1_ceilings in H. fold k' in H. unfold overshoot in H. pose proof WAD_pos.
  destruct (z_dust (t_sizing t)); try contradiction; nia.
Qed.

(** Nothing but an opening adds to the money in flight. *)
Theorem HOU_7_adds : forall b e, kept b -> happens b e -> match e with Opened _ _ => True | _ => flow e <= 0 end.
Proof.
  intros b e [K _] H. destruct e; try exact I; cbn [flow]; try lia;
    destruct H as (a' & old & A & L & F & W); destruct (K _ _ L) as (_ & _ & [_ B] & _);
    destruct old as [d | x]; cbn [fits_lot within bounded] in F, W, B; try contradiction; lia.
Qed.

(** ** Changes *)

(** HOU-9: new terms are of the version after the one in force, the first of a line of version 1; *)
Theorem HOU_9 : forall k at_ t es, decide_house k (ChangeTerms at_ t) = Ok es ->
  t_version t = (match line_of k (t_line t) with Some l => l_version l | None => 0 end) + 1 /\ es = [TermsChanged at_ t].
Proof.
  intros * H. cbn [decide_house] in H. unfold at_house in H. answered H. apply Z.eqb_eq in G0. subst es. auto.
Qed.

(** and are then in force. *)
Theorem HOU_9_in_force : forall k at_ t,
  exists l, line_of (evolve_house k (TermsChanged at_ t)) (t_line t) = Some l /\ l_version l = t_version t.
Proof.
  intros. cbn [evolve_house]. rewrite line_of_house_at, with_line_lookup, String.eqb_refl. eexists. split; reflexivity.
Qed.

(** HOU-10: a ceiling of the house is not below zero, and a level is 0, 1, 2 or 3. *)
Theorem HOU_10 : forall k c es, decide_house k c = Ok es ->
  match c with
  | ChangeHouse _ ceiling _ => 0 <= ceiling
  | ChangeLevel _ _ level => level = 0 \/ level = 1 \/ level = 2 \/ level = 3
  | ChangeTerms _ _ => True
  end.
Proof.
  intros * H. destruct c; cbn [decide_house] in H; unfold at_house in H; [exact I | |].
  - destruct (line_of k line); [| discriminate]. answered H. rewrite andb_true_iff, !Z.leb_le in G0. lia.
  - answered H. now apply Z.leb_le in G0.
Qed.

(** ** What is read *)

(** HOU-12: a command to a lot reads the lot, its line's level and its terms: books that agree on these answer the same; *)
Theorem HOU_12 : forall a b l c,
  terms_of a l = terms_of b l ->
  option_map l_level (line_of (b_house a) (line_name l)) = option_map l_level (line_of (b_house b) (line_name l)) ->
  (is_collateral (goods_of l) = false -> b_treasury_terms a = b_treasury_terms b) ->
  decide_lot a l c = decide_lot b l c.
Proof.
  intros a b l c T V Y. unfold decide_lot. rewrite T.
  assert (E : match terms_of b l, line_of (b_house a) (line_name l) with
              | Some t, Some one => decide t (l_level one) l c
              | _, _ => No (NotFound NoLine (line_name l))
              end
            = match terms_of b l, line_of (b_house b) (line_name l) with
              | Some t, Some one => decide t (l_level one) l c
              | _, _ => No (NotFound NoLine (line_name l))
              end).
  { destruct (terms_of b l); [| reflexivity].
    destruct (line_of (b_house a) (line_name l)), (line_of (b_house b) (line_name l)); try discriminate; [| reflexivity].
    cbn in V. injection V as ->. reflexivity. }
  destruct l as [d | e]; [exact E |]. destruct (goods_of (ByBidding e)) eqn:G; [exact E | |];
    now rewrite (Y eq_refl).
Qed.

(** an opening reads the position, its terms, prices, the totals of the house and of one line. *)
Theorem HOU_12_opening : forall t a b p quotes at_ keeper,
  line_of a (t_line t) = line_of b (t_line t) -> k_opens a = k_opens b -> k_ceiling a = k_ceiling b ->
  k_in_flight a = k_in_flight b -> k_last_at a = k_last_at b ->
  open t a p quotes at_ keeper = open t b p quotes at_ keeper.
Proof.
  intros * L O C F T. unfold open. rewrite L. destruct (line_of b (t_line t)) as [l |]; [| reflexivity].
  unfold last_of. now rewrite O, C, F, T.
Qed.
