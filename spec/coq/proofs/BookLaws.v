(** What may happen in a book, one event after the other, and what stays true of its lots and its totals. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Reward Dutch English Position Seizure House Auction Treasury Ledger Book.
From Knockdown.proofs Require Import Accounts LotLaws Bounds Effects Maps.
Import ListNotations.
Open Scope Z_scope.

(** ** What may happen *)

(** What the opening of a lot of collateral says: nothing below zero, and something for sale for something. *)
Definition opens_well (o : opened) : Prop :=
  0 < o_collateral o /\ 0 <= o_debt o /\ 0 < o_target o /\ 0 <= o_shares o /\ 0 <= o_reward o.

(** An event that may happen in a book: its lot stands as it says, or is new. *)
Definition happens (b : book) (e : event) : Prop :=
  match e with
  | Opened a o =>
      n_line (a_lot a) = a_line a /\ a_line a <> y_line (b_treasury_terms b) /\
      is_collateral (a_goods a) = true /\ opens_well o /\
      exists l, line_of (b_house b) (a_line a) = Some l /\ n_number (a_lot a) = l_opened l + 1
  | SurplusOpened a sold _ _ _ =>
      n_line (a_lot a) = a_line a /\ a_line a = y_line (b_treasury_terms b) /\ is_surplus (a_goods a) = true /\
      n_number (a_lot a) = v_opened (b_treasury b) + 1 /\ 0 <= sold /\
      v_losses (b_treasury b) + sold <= v_surplus (b_treasury b)
  | DebtOpened a bid sold _ _ _ =>
      n_line (a_lot a) = a_line a /\ a_line a = y_line (b_treasury_terms b) /\ is_debt (a_goods a) = true /\
      n_number (a_lot a) = v_opened (b_treasury b) + 1 /\ 0 <= bid /\ 0 <= sold /\
      bid <= ready (b_treasury b)
  | TermsChanged _ t => t_line t <> y_line (b_treasury_terms b)
  | LevelChanged name _ level => 0 <= level <= 3 /\ exists l, line_of (b_house b) name = Some l
  | HouseChanged _ ceiling _ => 0 <= ceiling
  | Received _ _ amount => 0 < amount
  | Matured _ queued_at amount =>
      0 < amount /\ lookup Z.eqb queued_at (b_queue b) = Some amount /\ amount <= v_queued (b_treasury b)
  | Healed _ amount o =>
      0 < amount /\ amount <= v_surplus (b_treasury b) /\
      amount <= match o with OnAuction => v_on_auction (b_treasury b) | Ready => ready (b_treasury b) end
  | _ => exists a l, about_of e = Some a /\ lot_at b (a_lot a) = Some l /\ fits_lot l e /\ within l e
  end.

(** Events that may happen one after the other. *)
Fixpoint all_happen (b : book) (es : list event) : Prop :=
  match es with
  | [] => True
  | e :: rest => happens b e /\ all_happen (apply b e) rest
  end.

(** ** What stays true of the lots *)

Definition opened_of (b : book) (name : string) : Z :=
  if String.eqb name (y_line (b_treasury_terms b)) then v_opened (b_treasury b)
  else match line_of (b_house b) name with Some l => l_opened l | None => 0 end.

(** Each lot stands under its own name, which was given, and is in order; terms are kept under their line's, never the treasury's. *)
Definition kept (b : book) : Prop :=
  (forall n l, lot_at b n = Some l ->
     id_of l = n /\ line_name l = n_line n /\ (sane l /\ bounded l) /\ n_number n <= opened_of b (n_line n)) /\
  (forall name ts t, lookup String.eqb name (b_terms b) = Some ts -> In t ts ->
     t_line t = name /\ name <> y_line (b_treasury_terms b)).

Lemma kept_empty : forall ceiling y, kept (empty_book ceiling y).
Proof. intros. split; intros *; cbn; discriminate. Qed.

Lemma kept_hold : forall b p, kept b -> kept (hold_position b p).
Proof. intros b p K. exact K. Qed.

(** What an event of a lot that is there does to the book's lots. *)
Lemma apply_fitting : forall b a l e, about_of e = Some a -> lot_at b (a_lot a) = Some l -> fits_lot l e ->
  b_lots (apply b e) = insert same_name (a_lot a) (evolve_lot l e) (b_lots b).
Proof.
  intros b a l e A L F. cbn [apply b_lots]. unfold evolve_lots. rewrite A, (fits_not_opening l e F).
  unfold lot_at in L. now rewrite L.
Qed.

Lemma apply_opening : forall b a l e, about_of e = Some a -> lot_of e = Some l ->
  b_lots (apply b e) = insert same_name (a_lot a) l (b_lots b).
Proof. intros b a l e A L. cbn [apply b_lots]. unfold evolve_lots. now rewrite A, L. Qed.

Lemma apply_else : forall b e, about_of e = None -> b_lots (apply b e) = b_lots b.
Proof. intros b e A. cbn [apply b_lots]. unfold evolve_lots. now rewrite A. Qed.

Lemma apply_treasury_terms : forall b e, b_treasury_terms (apply b e) = b_treasury_terms b.
Proof. reflexivity. Qed.

(** How many lots an event opens in a line. *)
Definition opens_in (name : string) (e : event) : Z :=
  match e with
  | Opened a _ | SurplusOpened a _ _ _ _ | DebtOpened a _ _ _ _ _ => if String.eqb (a_line a) name then 1 else 0
  | _ => 0
  end.

Lemma with_line_lookup : forall at_name change k name,
  line_of (with_line at_name change k) name =
  if String.eqb at_name name
  then Some (change (match line_of k at_name with Some l => l | None => fresh_line end))
  else line_of k name.
Proof.
  intros. unfold with_line, line_of. cbn [k_lines].
  destruct (String.eqb_spec at_name name) as [-> | D]; [apply string_lookup_insert | apply string_lookup_other; congruence].
Qed.

Lemma line_of_add_flow : forall z k name, line_of (add_flow z k) name = line_of k name.
Proof. reflexivity. Qed.

Lemma line_of_house_at : forall z k name, line_of (house_at z k) name = line_of k name.
Proof. reflexivity. Qed.

(** The count of a line's openings goes up by what is opened in it, and by nothing else. *)
Lemma opened_after : forall b e name, happens b e -> opened_of (apply b e) name = opened_of b name + opens_in name e.
Proof.
  intros b e name H. unfold opened_of. cbn [apply b_treasury_terms b_treasury b_house].
  destruct (String.eqb_spec name (y_line (b_treasury_terms b))) as [-> | D].
  - destruct e; cbn [evolve_treasury v_opened opens_in happens] in *; try lia;
      try match goal with |- context [is_surplus ?g] => destruct (is_surplus g); cbn [v_opened]; try lia end.
    + destruct H as (_ & H & _). replace (String.eqb (a_line a) _) with false; [lia |].
      symmetry. now apply String.eqb_neq.
    + repeat match goal with |- context [match ?x with _ => _ end] => destruct x; cbn [v_opened] end; lia.
    + destruct H as (_ & -> & _). rewrite String.eqb_refl. lia.
    + destruct H as (_ & -> & _). rewrite String.eqb_refl. lia.
  - assert (T : forall at_name change, (forall l, l_opened (change l) = l_opened l) ->
      match line_of (with_line at_name change (b_house b)) name with Some l => l_opened l | None => 0 end
      = match line_of (b_house b) name with Some l => l_opened l | None => 0 end).
    { intros at_name change C. rewrite with_line_lookup.
      destruct (String.eqb_spec at_name name) as [-> | _]; [| reflexivity]. rewrite C.
      destruct (line_of (b_house b) name); reflexivity. }
    destruct e; cbn [evolve_house opens_in happens] in *; try lia;
      rewrite ?line_of_add_flow, ?line_of_house_at;
      try (rewrite Z.add_0_r; apply T; reflexivity); try (rewrite Z.add_0_r; reflexivity).
    + (* Opened *)
      rewrite with_line_lookup. destruct (String.eqb_spec (a_line a) name) as [-> | _]; [| lia].
      cbn [flowed l_opened]. destruct (line_of (b_house b) name); cbn; lia.
    + destruct H as (_ & H & _). replace (String.eqb (a_line a) name) with false; [lia |].
      symmetry. apply String.eqb_neq. congruence.
    + destruct H as (_ & H & _). replace (String.eqb (a_line a) name) with false; [lia |].
      symmetry. apply String.eqb_neq. congruence.
Qed.

Lemma opens_nonneg : forall name e, 0 <= opens_in name e.
Proof. intros. destruct e; cbn; try lia; destruct (String.eqb _ _); lia. Qed.

(** An opening is under a new name. *)
Lemma opening_is_new : forall b e a l, kept b -> happens b e -> about_of e = Some a -> lot_of e = Some l ->
  lot_at b (a_lot a) = None /\ n_line (a_lot a) = a_line a /\ n_number (a_lot a) = opened_of b (a_line a) + 1 /\
  id_of l = a_lot a /\ line_name l = a_line a /\ (sane l /\ bounded l).
Proof.
  intros b e a l [K _] H A L.
  assert (N : n_line (a_lot a) = a_line a /\ n_number (a_lot a) = opened_of b (a_line a) + 1 /\
              id_of l = a_lot a /\ line_name l = a_line a /\ (sane l /\ bounded l)).
  { destruct e; try discriminate L; cbn [lot_of about_of happens] in *; injection A as <-; injection L as <-.
    - destruct H as (N & D & C & [W1 [W2 [W3 W4]]] & one & O & P). split; [exact N |]. unfold opened_of.
      replace (String.eqb (a_line a0) _) with false by (symmetry; now apply String.eqb_neq).
      rewrite O. split; [exact P |].
      destruct (o_start o); cbn [id_of line_name sane bounded d_goods e_goods d_id e_id d_line e_line d_collateral d_debt d_target
          e_sold e_bid e_debt e_target e_ended]; repeat split; auto; try lia; intros; congruence.
    - destruct H as (N & D & C & P & W). split; [exact N |]. unfold opened_of. rewrite D, String.eqb_refl, <- D.
      split; [exact P |]. cbn. repeat split; auto; try lia; intros; destruct (a_goods a0); discriminate.
    - destruct H as (N & D & C & P & W). split; [exact N |]. unfold opened_of. rewrite D, String.eqb_refl, <- D.
      split; [exact P |]. cbn. repeat split; auto; try lia; intros; destruct (a_goods a0); discriminate. }
  destruct N as (N1 & N2 & N3). split; [| tauto].
  destruct (lot_at b (a_lot a)) as [old |] eqn:E; [| reflexivity].
  destruct (K _ _ E) as (_ & _ & _ & B). rewrite N1, N2 in B. lia.
Qed.

Lemma kept_apply : forall b e, kept b -> happens b e -> kept (apply b e).
Proof.
  intros b e K H. pose proof K as [KL KT]. split.
  - intros n l L.
    assert (M : forall name, opened_of b name <= opened_of (apply b e) name)
      by (intros; rewrite (opened_after b e name H); pose proof (opens_nonneg name e); lia).
    unfold lot_at in L.
    destruct (about_of e) as [a |] eqn:A.
    + destruct (lot_of e) as [new |] eqn:O.
      * rewrite (apply_opening b a new e A O) in L.
        destruct (opening_is_new b e a new K H A O) as (_ & N1 & N2 & N3 & N4 & N5).
        destruct (same_name n (a_lot a)) eqn:E.
        -- apply same_name_iff in E. subst n. rewrite name_lookup_insert in L. injection L as <-.
           refine (conj _ (conj _ (conj _ _))); try congruence; try assumption. rewrite N1, N2, (opened_after b e _ H).
           enough (opens_in (a_line a) e = 1) by lia.
           destruct e; try discriminate O; cbn [about_of opens_in] in *; injection A as <-; now rewrite String.eqb_refl.
        -- rewrite name_lookup_other in L by (intros ->; now rewrite same_name_refl in E).
           destruct (KL n l L) as (? & ? & ? & ?). refine (conj _ (conj _ (conj _ _))); try assumption.
           specialize (M (n_line n)). lia.
      * assert (F : exists l0, lot_at b (a_lot a) = Some l0 /\ fits_lot l0 e /\ within l0 e).
        { destruct e; try discriminate O; cbn [happens about_of] in *; try discriminate A;
            destruct H as (a' & old & A' & L0 & F & W); cbn [about_of] in A'; rewrite A' in A; injection A as <-; eauto. }
        destruct F as [l0 [L0 [F W]]]. rewrite (apply_fitting b a l0 e A L0 F) in L.
        destruct (same_name n (a_lot a)) eqn:E.
        -- apply same_name_iff in E. subst n. rewrite name_lookup_insert in L. injection L as <-.
           destruct (KL _ _ L0) as (I1 & I2 & I3 & I4). destruct (fits_keeps l0 e F) as (J1 & J2 & _).
           destruct I3 as [I3 I3'].
           refine (conj _ (conj _ (conj (conj _ _) _))); try congruence;
             [now apply fits_sane | now apply within_bounded | specialize (M (n_line (a_lot a))); lia].
        -- rewrite name_lookup_other in L by (intros ->; now rewrite same_name_refl in E).
           destruct (KL n l L) as (? & ? & ? & ?). refine (conj _ (conj _ (conj _ _))); try assumption.
           specialize (M (n_line n)). lia.
    + rewrite (apply_else b e A) in L. destruct (KL n l L) as (? & ? & ? & ?). refine (conj _ (conj _ (conj _ _))); try assumption.
      specialize (M (n_line n)). lia.
  - intros name ts t L I. cbn [apply b_terms b_treasury_terms] in *.
    destruct e; cbn [evolve_terms] in L; try (eapply KT; eassumption).
    cbn [happens] in H.
    destruct (String.eqb_spec (t_line t0) name) as [<- | D].
    + rewrite string_lookup_insert in L. injection L as <-. destruct I as [<- | I]; [split; [reflexivity | exact H] |].
      destruct (lookup String.eqb (t_line t0) (b_terms b)) as [them |] eqn:T; [| contradiction].
      eapply KT; eassumption.
    + rewrite string_lookup_other in L by congruence. eapply KT; eassumption.
Qed.
