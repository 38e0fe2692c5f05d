(** The money in flight stays within the ceilings, after any history, but for the dust that terms say is absorbed. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Seizure Position House Auction Treasury Book.
From Knockdown.proofs Require Import FixedLaws Accounts LotLaws SplitLaws SeizureLaws Bounds Effects Maps BookLaws Steps PlanLaws
  Conservation HouseLaws.
Import ListNotations.
Open Scope Z_scope.

Strategy expand [open decide_house decide_treasury heal mature open_surplus open_debt at_house ready_in].

Definition is_opened (e : event) : bool := match e with Opened _ _ => true | _ => false end.

Definition no_opening (es : list event) : Prop := forall e, In e es -> is_opened e = false.

Lemma fit_no_opening : forall es l, fit l es -> no_opening es.
Proof.
  induction es as [| e es IH]; intros l F x I; [destruct I |]. destruct F as [F R]. destruct I as [<- | I]; [| now apply (IH _ R)].
  pose proof (fits_not_opening l e F). destruct e; try reflexivity. discriminate.
Qed.

Lemma one_no_opening : forall e, is_opened e = false -> no_opening [e].
Proof. intros e E x [<- | []]. exact E. Qed.

(** What a command decides is the seizure of a position, or opens no lot of collateral. *)
Lemma opens_or_not : forall b c es, decide_book b c = Ok es ->
  (exists t p quotes at_ keeper, in_force b (p_line p) = Some t /\ open t (b_house b) p quotes at_ keeper = Ok es) \/
  no_opening es.
Proof.
  intros b c es H. destruct c; cbn [decide_book] in H.
  - destruct (lookup String.eqb position (b_positions b)) as [p |]; [| discriminate].
    destruct (in_force b (p_line p)) as [t |] eqn:T; [| discriminate]. left. do 5 eexists. split; eassumption.
  - right. destruct (lot_at b name) as [l |]; [| discriminate]. eapply fit_no_opening, decide_lot_fits, H.
  - right. destruct (match c with ChangeTerms _ t => taken_in b t | _ => None end); [discriminate |].
    destruct c; cbn [decide_house] in H; unfold at_house in H;
      [| destruct (line_of (b_house b) line); [| discriminate] |]; answered H; subst es; now apply one_no_opening.
  - right. unfold decide_treasury in H. answered H. destruct c.
    + answered H. subst es. now apply one_no_opening.
    + unfold mature in H. destruct (match queued_at with None => None | Some _ => _ end); [| discriminate].
      answered H. subst es. now apply one_no_opening.
    + unfold heal, ready_in in H. answered H. destruct o; answered H; subst es; now apply one_no_opening.
    + unfold open_surplus, ready_in in H. answered H. subst es. now apply one_no_opening.
    + unfold open_debt, ready_in in H. answered H. subst es. now apply one_no_opening.
Qed.

Lemma house_of_fold : forall es b, b_house (fold_left apply es b) = fold_left evolve_house es (b_house b).
Proof. induction es as [| e es IH]; intros b; [reflexivity | apply IH]. Qed.

(** Without an opening the money in flight does not grow, of the house or of any line. *)
Lemma does_not_grow : forall es b, kept b -> all_happen b es -> no_opening es ->
  over flow es <= 0 /\ forall name, over (flow_in name) es <= 0.
Proof.
  unfold over. induction es as [| e es IH]; intros b K H N; [split; intros; reflexivity |]. destruct H as [H R].
  destruct (IH (apply b e) (kept_apply b e K H) R (fun x I => N x (or_intror I))) as [F G].
  pose proof (HOU_7_adds b e K H) as A. pose proof (N e (or_introl eq_refl)) as O. cbn [map].
  assert (L : flow e <= 0) by (destruct e; try assumption; discriminate).
  split; [rewrite sum_cons; lia |]. intros name. rewrite sum_cons. specialize (G name).
  set (rest := sum (map (flow_in name) es)) in *. clearbody rest. unfold flow_in.
  destruct (about_of e) as [a |]; [destruct (String.eqb (a_line a) name) |]; lia.
Qed.

(** An event changes no ceiling to more than this, and brings no terms that absorb more than so much dust. *)
Definition keeps_to (most : Z) (lines : string -> Z) (dust : Z) (e : event) : Prop :=
  match e with
  | HouseChanged _ ceiling _ => ceiling <= most
  | TermsChanged _ t => t_ceiling t <= lines (t_line t) /\ overshoot t <= dust
  | _ => True
  end.

Lemma in_force_in : forall b name t, in_force b name = Some t ->
  exists ts, lookup String.eqb name (b_terms b) = Some ts /\ In t ts.
Proof.
  intros b name t T. unfold in_force, versions in T. destruct (lookup String.eqb name (b_terms b)) as [ts |]; [| discriminate].
  exists ts. split; [reflexivity |]. destruct ts; [discriminate |]. injection T as ->. now left.
Qed.

Lemma bounds_hold : forall ceiling y most lines dust es b, reach ceiling y es b -> ceiling <= most ->
  Forall (keeps_to most lines dust) es ->
  k_ceiling (b_house b) <= most /\
  forall name ts t, lookup String.eqb name (b_terms b) = Some ts -> In t ts -> keeps_to most lines dust (TermsChanged 0 t).
Proof.
  intros ceiling y most lines dust es b R C. revert es b R.
  apply (proj1 (always ceiling y (fun es b => Forall (keeps_to most lines dust) es ->
    k_ceiling (b_house b) <= most /\
    forall name ts t, lookup String.eqb name (b_terms b) = Some ts -> In t ts -> keeps_to most lines dust (TermsChanged 0 t))
    ltac:(intros _; split; [exact C | discriminate]) ltac:(intros es b p _ H; exact H)
    ltac:(
      intros es b e K H A F; apply Forall_app in F; destruct F as [F E]; inversion E as [| ? ? E0 _]; subst;
      destruct (H F) as [H1 H2]; cbn [apply b_house b_terms]; split;
      [ destruct e; cbn [evolve_house k_ceiling house_at with_line add_flow]; assumption
      | intros name ts t L I; destruct e; cbn [evolve_terms] in L; try (eapply H2; eassumption);
        destruct (String.eqb_spec (t_line t0) name) as [<- | D];
        [ rewrite string_lookup_insert in L; injection L as <-; destruct I as [<- | I]; [exact E0 |];
          destruct (lookup String.eqb (t_line t0) (b_terms b)) as [them |] eqn:T; [eapply H2; eassumption | destruct I]
        | rewrite string_lookup_other in L by congruence; eapply H2; eassumption ] ]))).
Qed.

(** SEI-1: after any history the money in flight, of the house and of every line, is within the highest ceiling there was,
    or over it by no more than the dust that the terms there were absorb, with its penalty (I16). *)
Theorem SEI_1_always : forall ceiling y most lines dust es b, reach ceiling y es b ->
  ceiling <= most -> 0 <= most -> (forall name, 0 <= lines name) -> 0 <= dust -> Forall (keeps_to most lines dust) es ->
  (k_in_flight (b_house b) - most) * WAD <= dust /\
  forall name, (in_flight_of (b_house b) name - lines name) * WAD <= dust.
Proof.
  intros ceiling y most lines dust es b R C M L D. pose proof WAD_pos as W.
  induction R as [| es b p R IH | es b c fs R IH H]; intros F.
  - split; [cbn; nia |]. intros name. specialize (L name). unfold in_flight_of. cbn. nia.
  - exact (IH F).
  - apply Forall_app in F. destruct F as [F G]. destruct (IH F) as [IH1 IH2].
    destruct (reach_kept _ _ _ _ R) as [K Q]. rewrite house_of_fold.
    destruct (opens_or_not b c fs H) as [(t & p & quotes & at_ & keeper & T & O) | N].
    + destruct (bounds_hold _ _ _ _ _ _ _ R C F) as [B1 B2].
      apply in_force_in in T. destruct T as (ts & T & I). destruct (B2 _ _ _ T I) as [B3 B4].
      pose proof (SEI_1_ceilings _ _ _ _ _ _ _ O) as [S1 S2]. split; [nia |]. intros name.
      destruct (String.eqb_spec (t_line t) name) as [<- | E]; [nia |].
      apply open_ok in O. destruct O as (l & xs & _ & _ & _ & _ & _ & _ & _ & _ & _ & P).
      apply openings_flow in P. destruct P as [_ P]. specialize (P name). specialize (IH2 name).
      rewrite line_flow, P. replace (String.eqb (t_line t) name) with false by (symmetry; now apply String.eqb_neq). lia.
    + destruct (decided_happens b c fs K Q H) as [A _]. destruct (does_not_grow fs b K A N) as [G1 G2].
      split; [rewrite house_flow; nia |]. intros name. specialize (IH2 name). specialize (G2 name). rewrite line_flow. nia.
Qed.
