(** What a book decides may happen, and what it has come to by its commands. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Reward Dutch English Position Seizure House Auction Treasury Ledger Book.
From Knockdown.proofs Require Import Accounts LotLaws Bounds Effects Maps BookLaws.
Import ListNotations.
Open Scope Z_scope.

Strategy expand [put_up open decide_house decide_treasury heal mature open_surplus open_debt at_house ready_in open_part].

(** ** Commands to a lot *)

Lemma fit_happens : forall es b n l, lot_at b n = Some l -> id_of l = n -> fit l es -> all_within l es -> all_happen b es.
Proof.
  induction es as [| e es IH]; intros b n l L I F W; [exact Logic.I |].
  cbn [fit all_within] in F, W. destruct F as [F R]. destruct W as [W X].
  destruct (fits_about l e F) as [a [A [N _]]].
  assert (L' : lot_at b (a_lot a) = Some l) by (rewrite N, I; exact L).
  split.
  - destruct e; cbn [happens]; try (exists a, l; repeat split; assumption);
      destruct l; cbn [fits_lot] in F; contradiction.
  - apply (IH _ n (evolve_lot l e)).
    + unfold lot_at. rewrite (apply_fitting b a l e A L' F). rewrite N, I. apply name_lookup_insert.
    + destruct (fits_keeps l e F) as [-> _]. exact I.
    + exact R.
    + exact X.
Qed.

(** Between commands every lot is in order. *)
Definition rested (b : book) : Prop := forall n l, lot_at b n = Some l -> alive l.

(** What events that fit a lot make of a book's lots: that one goes on, all others stand. *)
Lemma fit_folds : forall es b n l, lot_at b n = Some l -> id_of l = n -> fit l es ->
  lot_at (fold_left apply es b) n = Some (fold_left evolve_lot es l) /\
  forall m, m <> n -> lot_at (fold_left apply es b) m = lot_at b m.
Proof.
  induction es as [| e es IH]; intros b n l L I F; [auto |].
  cbn [fit] in F. destruct F as [F R]. destruct (fits_about l e F) as [a [A [N _]]].
  assert (L' : lot_at b (a_lot a) = Some l) by (rewrite N, I; exact L).
  pose proof (apply_fitting b a l e A L' F) as P. rewrite N, I in P.
  destruct (IH (apply b e) n (evolve_lot l e)) as [H1 H2].
  - unfold lot_at. rewrite P. apply name_lookup_insert.
  - destruct (fits_keeps l e F) as [-> _]. exact I.
  - exact R.
  - split; [exact H1 |]. intros m D. cbn [fold_left]. rewrite (H2 m D). unfold lot_at. rewrite P.
    now apply name_lookup_other.
Qed.

Lemma fit_rests : forall es b n l, lot_at b n = Some l -> id_of l = n -> fit l es ->
  rested b -> alive (fold_left evolve_lot es l) -> rested (fold_left apply es b).
Proof.
  intros es b n l L I F R A m k K. destruct (fit_folds es b n l L I F) as [H1 H2].
  destruct (same_name m n) eqn:E.
  - apply same_name_iff in E. subst m. rewrite H1 in K. injection K as <-. exact A.
  - rewrite H2 in K by (intros ->; now rewrite same_name_refl in E). exact (R m k K).
Qed.

(** An event that is of no lot, or opens one. *)
Definition is_new (e : event) : Prop := about_of e = None \/ lot_of e <> None.

Lemma new_rests : forall b e, happens b e -> is_new e -> rested b -> rested (apply b e).
Proof.
  intros b e H N R m k K. unfold lot_at in K.
  destruct (about_of e) as [a |] eqn:A.
  - destruct N as [N | N]; [congruence |]. destruct (lot_of e) as [l |] eqn:L; [| contradiction].
    rewrite (apply_opening b a l e A L) in K.
    destruct (same_name m (a_lot a)) eqn:E.
    + apply same_name_iff in E. subst m. rewrite name_lookup_insert in K. injection K as <-.
      destruct e; try discriminate L; cbn [lot_of happens] in *; injection L as <-; [| exact I | exact I].
      destruct H as (_ & _ & _ & [? [? [? ?]]] & _). destruct (o_start o); cbn; auto.
    + rewrite name_lookup_other in K by (intros ->; now rewrite same_name_refl in E). exact (R m k K).
  - rewrite (apply_else b e A) in K. exact (R m k K).
Qed.

Lemma all_new_rest : forall es b, all_happen b es -> Forall is_new es -> rested b -> rested (fold_left apply es b).
Proof.
  induction es as [| e es IH]; intros b H N R; [exact R |].
  destruct H as [H H']. inversion N as [| ? ? N1 N2]. subst. cbn. apply IH; auto using new_rests.
Qed.

(** ** Openings *)

Lemma all_or_first_ok : forall rs es, all_or_first rs = Ok es -> rs = map Ok es.
Proof.
  induction rs as [| one rs IH]; intros es H; cbn in H; [injection H as <-; reflexivity |].
  destruct one as [e |]; destruct (all_or_first rs) as [es' |]; try discriminate.
  injection H as <-. cbn. now rewrite (IH es' eq_refl).
Qed.

(** A part that may be put up. *)
Definition good_part (x : part) : Prop := 0 < x_amount x /\ 0 <= x_debt x /\ 0 < x_target x /\ 0 <= x_shares x.

Lemma open_part_ok : forall t l position owner at_ keeper x i e,
  open_part t l position owner at_ keeper x i = Ok e ->
  exists begun reward,
  start_of t x at_ = Ok begun /\ for_opening t (x_debt x) (x_target x) (i =? 0) = Ok reward /\
  e = Opened
        (About (LotName (t_line t) (l_opened l + i + 1)) (t_line t) at_ (t_version t)
               (OfCollateral (c_asset (x_collateral x)) position owner))
        (OpenedWith (x_amount x) (x_shares x) (x_debt x) (x_target x) (t_loss_at t) (t_binding t) begun
                    keeper reward (r_payer (t_reward t))).
Proof. intros * H. unfold open_part in H. answered H. eauto. Qed.

Lemma open_parts_happen : forall xs t l position owner at_ keeper i b es now,
  map Ok es = open_parts t l position owner at_ keeper xs i ->
  (forall x, In x xs -> good_part x) ->
  t_line t <> y_line (b_treasury_terms b) ->
  line_of (b_house b) (t_line t) = Some now -> l_opened now = l_opened l + i ->
  all_happen b es.
Proof.
  induction xs as [| x xs IH]; intros * M G D L O; cbn in M.
  - destruct es; [exact I | discriminate].
  - destruct es as [| e es]; [discriminate |]. cbn in M. injection M as E M.
    symmetry in E. apply open_part_ok in E. destruct E as (begun & reward & _ & W & ->).
    destruct (G x (or_introl eq_refl)) as (G1 & G2 & G3 & G4).
    apply earned_nonneg in W; [| lia].
    split.
    + cbn [happens a_lot a_line n_line n_number a_goods is_collateral]. repeat split; try assumption.
      exists now. split; [assumption | lia].
    + eapply IH with (now := flowed _ now); [exact M | | assumption | |].
      * intros y Y. apply G. now right.
      * cbn [apply b_house evolve_house a_line]. rewrite line_of_add_flow, with_line_lookup, String.eqb_refl, L. reflexivity.
      * cbn [flowed l_opened]. lia.
Qed.

Lemma put_up_happens : forall t l position owner at_ keeper xs b es,
  put_up t l position owner at_ keeper xs = Ok es ->
  t_line t <> y_line (b_treasury_terms b) -> line_of (b_house b) (t_line t) = Some l -> all_happen b es.
Proof.
  intros * H D L. unfold put_up in H. answered H.
  apply all_or_first_ok in H. symmetry in H.
  eapply open_parts_happen; [exact H | | exact D | exact L | lia].
  intros x X. rewrite forallb_forall in G0, G1. specialize (G0 x X). specialize (G1 x X).
  apply andb_true_iff in G0. destruct G0 as [G0 S]. apply andb_true_iff in G0. destruct G0 as [T B].
  unfold good_part. rewrite Z.ltb_lt in *. rewrite Z.leb_le in *. lia.
Qed.

Lemma liquidatable_ok : forall {A : Type} t p quotes (next : result A) a,
  liquidatable t p quotes next = Ok a -> next = Ok a /\ owes p = true /\
  (match t_unsafe t with
   | Below => sum (map (support_of p quotes) (accepted t)) < debt_of p
   | AtOrBelow => sum (map (support_of p quotes) (accepted t)) <= debt_of p
   end).
Proof.
  intros * H. unfold liquidatable in H. destruct (unpriced (accepted t) p quotes); [discriminate |].
  answered H. apply andb_true_iff in G1. destruct G1 as [O U]. repeat split; try assumption.
  destruct (t_unsafe t); [now apply Z.ltb_lt | now apply Z.leb_le].
Qed.

Lemma open_happens : forall t b p quotes at_ keeper es, kept b -> in_force b (p_line p) = Some t ->
  open t (b_house b) p quotes at_ keeper = Ok es -> all_happen b es.
Proof.
  intros * K T H. unfold open in H. destruct (line_of (b_house b) (t_line t)) as [l |] eqn:L; [| discriminate].
  answered H. apply liquidatable_ok in H. destruct H as [H _]. answered H.
  eapply put_up_happens; [exact H | | exact L].
  destruct K as [_ K]. unfold in_force, versions in T.
  destruct (lookup String.eqb (p_line p) (b_terms b)) as [ts |] eqn:E; [| discriminate].
  destruct ts as [| t' ts]; [discriminate |]. injection T as ->.
  destruct (K _ _ t E (or_introl eq_refl)) as [-> D]. exact D.
Qed.

(** ** Commands to the house and to the treasury *)

Lemma house_happens : forall b c es,
  match c with ChangeTerms _ t => taken_in b t = None | _ => True end ->
  decide_house (b_house b) c = Ok es -> all_happen b es.
Proof.
  intros b c es T H. destruct c; cbn [decide_house] in H; unfold at_house in H.
  - answered H. subst es. cbn. split; [| exact I]. unfold taken_in in T.
    destruct (String.eqb_spec (t_line t) (y_line (b_treasury_terms b))); [discriminate | assumption].
  - destruct (line_of (b_house b) line) as [l |] eqn:L; [| discriminate]. answered H. subst es.
    apply andb_true_iff in G0. rewrite !Z.leb_le in G0. cbn. repeat split; try lia. eauto.
  - answered H. subst es. apply Z.leb_le in G0. cbn. split; [assumption | exact I].
Qed.

Lemma treasury_happens : forall b c queued_at es,
  decide_treasury (b_treasury_terms b) (b_treasury b)
    match queued_at with
    | None => None
    | Some instant => option_map (Entry instant) (lookup Z.eqb instant (b_queue b))
    end c = Ok es -> all_happen b es.
Proof.
  intros b c queued_at es H. unfold decide_treasury in H. answered H. destruct c.
  - answered H. subst es. apply Z.ltb_lt in G0. cbn. auto.
  - destruct queued_at as [instant |]; [| discriminate].
    destruct (lookup Z.eqb instant (b_queue b)) as [amount |] eqn:Q; [| discriminate].
    cbn [option_map mature] in H. cbn [i_amount i_queued_at] in H. answered H. subst es.
    apply andb_true_iff in G0. destruct G0 as [G0 _]. apply Z.ltb_lt in G0. apply Z.leb_le in G3.
    cbn. repeat split; assumption.
  - unfold heal in H. answered H. apply Z.ltb_lt in G0. apply Z.leb_le in G2.
    destruct o; unfold ready_in in H; answered H; subst es;
      rewrite Z.leb_le in *; cbn; repeat split; assumption.
  - unfold open_surplus, ready_in in H. answered H. subst es.
    apply andb_true_iff in G0. rewrite !Z.leb_le in G0. apply Z.leb_le in G2. cbn. repeat split; lia.
  - unfold open_debt, ready_in in H. answered H. subst es.
    apply andb_true_iff in G0. rewrite !Z.leb_le in G0. apply Z.leb_le in G2. cbn. repeat split; lia.
Qed.

Lemma openings_new : forall xs t l position owner at_ keeper i es,
  map Ok es = open_parts t l position owner at_ keeper xs i -> Forall is_new es.
Proof.
  induction xs as [| x xs IH]; intros * M; cbn in M.
  - destruct es; [constructor | discriminate].
  - destruct es as [| e es]; [discriminate |]. cbn in M. injection M as E M.
    symmetry in E. apply open_part_ok in E. destruct E as (begun & reward & _ & _ & ->).
    constructor; [right; discriminate | eapply IH; exact M].
Qed.

(** A command that is not to a lot opens lots, or has nothing to do with any. *)
Lemma decides_new : forall b c es, match c with ToLot _ _ => False | _ => True end ->
  decide_book b c = Ok es -> Forall is_new es.
Proof.
  intros b c es N H. destruct c; try contradiction; cbn [decide_book] in H.
  - destruct (lookup String.eqb position (b_positions b)) as [p |]; [| discriminate].
    destruct (in_force b (p_line p)) as [t |]; [| discriminate].
    unfold open in H. destruct (line_of (b_house b) (t_line t)); [| discriminate]. answered H.
    apply liquidatable_ok in H. destruct H as [H _]. answered H. unfold put_up in H. answered H.
    apply all_or_first_ok in H. symmetry in H. eapply openings_new; exact H.
  - destruct (match c with ChangeTerms _ t => taken_in b t | _ => None end); [discriminate |].
    destruct c; cbn [decide_house] in H; unfold at_house in H;
      [| destruct (line_of (b_house b) line); [| discriminate] |]; answered H; subst es; repeat constructor.
  - unfold decide_treasury in H. answered H. destruct c.
    + answered H. subst es. repeat constructor.
    + unfold mature in H. destruct (match queued_at with None => None | Some _ => _ end); [| discriminate].
      answered H. subst es. repeat constructor.
    + unfold heal, ready_in in H. answered H. destruct o; answered H; subst es; repeat constructor.
    + unfold open_surplus, ready_in in H. answered H. subst es. constructor; [right; discriminate | constructor].
    + unfold open_debt, ready_in in H. answered H. subst es. constructor; [right; discriminate | constructor].
Qed.

(** Whatever a book decides may happen in it, and leaves its lots in order. *)
Theorem decided_happens : forall b c es, kept b -> rested b -> decide_book b c = Ok es ->
  all_happen b es /\ rested (fold_left apply es b).
Proof.
  intros b c es K R H. pose proof (decides_new b c es) as N.
  destruct c; cbn [decide_book] in H; try (specialize (N I H)).
  - destruct (lookup String.eqb position (b_positions b)) as [p |]; [| discriminate].
    destruct (in_force b (p_line p)) as [t |] eqn:T; [| discriminate].
    assert (A : all_happen b es) by (eapply open_happens; eassumption). split; [exact A |]. now apply all_new_rest.
  - destruct (lot_at b name) as [l |] eqn:L; [| discriminate].
    destruct K as [K _]. destruct (K name l L) as (M & _ & [_ B] & _).
    destruct (decide_lot_within b l c es B (R name l L) H) as [W A].
    pose proof (decide_lot_fits b l c es H) as F.
    split; [eapply fit_happens; eassumption | eapply fit_rests; eassumption].
  - assert (A : all_happen b es).
    { eapply house_happens;
        [| destruct (match c with ChangeTerms _ t => taken_in b t | _ => None end); [discriminate | exact H]].
      destruct c; try exact I. destruct (taken_in b t); [discriminate | reflexivity]. }
    split; [exact A |]. now apply all_new_rest.
  - assert (A : all_happen b es) by (eapply treasury_happens; exact H).
    split; [exact A |]. now apply all_new_rest.
Qed.

(** ** Histories *)

(** The books that commands lead to, with all that has happened; positions may change at any time. *)
Inductive reach (ceiling : Z) (y : treasury_terms) : list event -> book -> Prop :=
| Begun : reach ceiling y [] (empty_book ceiling y)
| Held : forall es b p, reach ceiling y es b -> reach ceiling y es (hold_position b p)
| Stepped : forall es b c fs, reach ceiling y es b -> decide_book b c = Ok fs ->
    reach ceiling y (es ++ fs) (fold_left apply fs b).

(** The same after any of the events of a command, of which others may follow. *)
Definition passes (ceiling : Z) (y : treasury_terms) (es : list event) (b : book) : Prop :=
  exists es0 b0 c fs gs,
  reach ceiling y es0 b0 /\ decide_book b0 c = Ok (fs ++ gs) /\ es = es0 ++ fs /\ b = fold_left apply fs b0.

(** ACC-10: a refused command changes nothing, and state is what the events make of it. *)
Theorem ACC_10_refused : forall b c r, decide_book b c = No r -> step_book b c = No r.
Proof. intros b c r H. unfold step_book. now rewrite H. Qed.

Theorem ACC_10_fold : forall b c es b', step_book b c = Ok (es, b') -> b' = fold_left apply es b.
Proof. intros b c es b' H. unfold step_book in H. answered H. congruence. Qed.

Lemma kept_all : forall es b, kept b -> all_happen b es -> kept (fold_left apply es b).
Proof.
  induction es as [| e es IH]; intros b K H; [exact K |]. destruct H as [H R].
  cbn. apply IH; [now apply kept_apply | exact R].
Qed.

Lemma reach_kept : forall ceiling y es b, reach ceiling y es b -> kept b /\ rested b.
Proof.
  intros * R. induction R as [| es b p R [K A] | es b c fs R [K A] D].
  - split; [apply kept_empty | intros n l; discriminate].
  - split; [now apply kept_hold | exact A].
  - destruct (decided_happens b c fs K A D) as [H A']. split; [now apply kept_all | exact A'].
Qed.

(** To show that something stays true it is enough to show it of one event that may happen. *)
Theorem always : forall ceiling y (P : list event -> book -> Prop),
  P [] (empty_book ceiling y) ->
  (forall es b p, kept b -> P es b -> P es (hold_position b p)) ->
  (forall es b e, kept b -> P es b -> happens b e -> P (es ++ [e]) (apply b e)) ->
  (forall es b, reach ceiling y es b -> P es b) /\ (forall es b, passes ceiling y es b -> P es b).
Proof.
  intros ceiling y P P0 PH PE.
  assert (A : forall fs es b, kept b -> P es b -> all_happen b fs -> P (es ++ fs) (fold_left apply fs b)).
  { induction fs as [| f fs IH]; intros es b K H F; [now rewrite app_nil_r |]. destruct F as [F R].
    cbn. replace (es ++ f :: fs) with ((es ++ [f]) ++ fs) by (rewrite <- app_assoc; reflexivity).
    apply IH; [now apply kept_apply | now apply PE | exact R]. }
  assert (R : forall es b, reach ceiling y es b -> P es b).
  { intros es b R. induction R as [| es b p R H | es b c fs R H D]; [exact P0 | |].
    - apply PH; [apply (reach_kept _ _ _ _ R) | exact H].
    - destruct (reach_kept _ _ _ _ R) as [K Q]. apply A; [exact K | exact H | apply (decided_happens b c fs K Q D)]. }
  split; [exact R |].
  intros es b (es0 & b0 & c & fs & gs & R0 & D & -> & ->). destruct (reach_kept _ _ _ _ R0) as [K Q].
  apply A; [exact K | now apply R |].
  destruct (decided_happens b0 c _ K Q D) as [H _].
  clear - H. revert b0 H. induction fs as [| f fs IH]; intros b0 H; [exact I |].
  destruct H as [H H']. split; [exact H | now apply IH].
Qed.
