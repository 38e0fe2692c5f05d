(** The headline: for every history of a book, whatever is asked of it, what it can lose is bounded by what buyers paid;
    and what is for sale can be sold, or handed back. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Curve Terms Event Dutch English Position House Auction Treasury Ledger Book.
From Knockdown.proofs Require Import FixedLaws CurveLaws SaleLaws Accounts LotLaws Bounds Effects Maps BookLaws Steps Conservation DutchLaws.
Import ListNotations.
Open Scope Z_scope.

(** ** What a lot can lose *)

(** Nothing of a lot was sold below a price. *)
Definition sold_from (p : Z) (n : lot_name) (es : list event) : Prop :=
  forall a who price bought repaid penalty l,
  In (Taken a who price bought repaid penalty l) es -> a_lot a = n -> p <= price.

(** What is short, and what is bad, of a lot opened with so much, where nothing of it was sold below [p]. *)
Definition loses_at_most (p : Z) (o : opened) (shortfall bad_debt : Z) : Prop :=
  shortfall <= Z.max 0 (o_target o - o_collateral o * p) /\
  (o_debt o <= o_target o -> bad_debt <= Z.max 0 (o_debt o - o_collateral o * p)).

(** What a lot still owes, less what its collateral would bring at [p]. *)
Definition on_course (p : Z) (o : opened) (d : dutch_lot) : Prop :=
  d_target d - d_collateral d * p <= Z.max 0 (o_target o - o_collateral o * p) /\
  (o_debt o <= o_target o ->
   d_debt d <= d_target d /\ d_debt d - d_collateral d * p <= Z.max 0 (o_debt o - o_collateral o * p)).

Lemma course_kept : forall p o d e, 0 <= p -> fits_lot (ByFalling d) e -> within (ByFalling d) e ->
  bounded (ByFalling d) ->
  match e with Taken _ _ price _ _ _ _ => p <= price | _ => True end ->
  on_course p o d -> on_course p o (evolve_dutch d e).
Proof.
  intros p o d e P F W B T [C1 C2]. cbn [bounded] in B.
  destruct e; cbn [fits_lot] in F; try contradiction; cbn [within] in W; unfold on_course;
    cbn [evolve_dutch d_target d_collateral d_debt].
  - destruct W as (W1 & W2 & W3 & W4 & W5 & W6 & W7 & _).
    assert (bought * p <= repaid + penalty) by nia.
    assert (0 <= (d_collateral d - bought) * p) by nia.
    split; [nia |]. intros K. specialize (C2 K). destruct C2 as [C2 C3].
    destruct (Z.eq_dec penalty 0) as [-> | N]; [split; [lia | nia] |].
    rewrite (W6 ltac:(lia)) in *. split; lia.
  - split; assumption.
  - split; [lia |]. intros K. specialize (C2 K). lia.
  - split; [lia |]. intros K. specialize (C2 K). lia.
Qed.

Lemma owed_kept : forall d e, fits_lot (ByFalling d) e -> within (ByFalling d) e ->
  d_debt d <= d_target d -> d_debt (evolve_dutch d e) <= d_target (evolve_dutch d e).
Proof.
  intros d e F W K. destruct e; cbn [fits_lot] in F; try contradiction; cbn [within] in W;
    cbn [evolve_dutch d_target d_debt]; lia.
Qed.

Lemma closed_loses : forall p o d a returned bad_debt shortfall l released, 0 <= p ->
  fits_lot (ByFalling d) (Closed a returned bad_debt shortfall l released) ->
  within (ByFalling d) (Closed a returned bad_debt shortfall l released) ->
  bounded (ByFalling d) -> on_course p o d -> loses_at_most p o shortfall bad_debt.
Proof.
  intros * P F W B [C1 C2]. cbn [fits_lot within bounded] in *.
  destruct F as (_ & _ & -> & -> & -> & ->). unfold loses_at_most.
  destruct W as [W | W]; rewrite W in *.
  - split; [lia |]. intros K. specialize (C2 K). lia.
  - split; [lia |]. intros K. specialize (C2 K). lia.
Qed.

(** Every lot that something happened to is in the book. *)
Definition all_known (es : list event) (b : book) : Prop :=
  forall e a, In e es -> about_of e = Some a -> exists l, lot_at b (a_lot a) = Some l.

Lemma lot_stays : forall b e n l, happens b e -> lot_at b n = Some l -> exists l', lot_at (apply b e) n = Some l'.
Proof.
  intros b e n l H L. unfold lot_at in *.
  destruct (happens_cases b e H) as [A | [(a & l' & A & O) | (a & l' & A & L' & F & _)]].
  - rewrite (apply_else b e A). eauto.
  - rewrite (apply_opening b a l' e A O). destruct (same_name n (a_lot a)) eqn:E.
    + apply same_name_iff in E. subst n. rewrite name_lookup_insert. eauto.
    + rewrite name_lookup_other by (intros ->; now rewrite same_name_refl in E). eauto.
  - rewrite (apply_fitting b a l' e A L' F). destruct (same_name n (a_lot a)) eqn:E.
    + apply same_name_iff in E. subst n. rewrite name_lookup_insert. eauto.
    + rewrite name_lookup_other by (intros ->; now rewrite same_name_refl in E). eauto.
Qed.

Lemma lot_of_event : forall b e a, happens b e -> about_of e = Some a -> exists l, lot_at (apply b e) (a_lot a) = Some l.
Proof.
  intros b e a H A. unfold lot_at.
  destruct (happens_cases b e H) as [A' | [(a' & l & A' & O) | (a' & l & A' & L & F & _)]];
    rewrite A in A'; try discriminate; injection A' as <-.
  - rewrite (apply_opening b a l e A O), name_lookup_insert. eauto.
  - rewrite (apply_fitting b a l e A L F), name_lookup_insert. eauto.
Qed.

(** The course of every lot that falls in price, and of every close, so far. *)
Definition courses (es : list event) (b : book) : Prop :=
  all_known es b /\
  forall a o s, In (Opened a o) es -> o_start o = StartDutch s ->
  exists d, lot_at b (a_lot a) = Some (ByFalling d) /\
  (o_debt o <= o_target o -> d_debt d <= d_target d) /\
  (forall a' returned bad_debt shortfall l released,
     In (Closed a' returned bad_debt shortfall l released) es -> a_lot a' = a_lot a -> 0 < returned ->
     shortfall = 0 /\ (o_debt o <= o_target o -> bad_debt = 0)) /\
  forall p, 0 <= p -> sold_from p (a_lot a) es ->
  on_course p o d /\
  forall a' returned bad_debt shortfall l released,
  In (Closed a' returned bad_debt shortfall l released) es -> a_lot a' = a_lot a -> loses_at_most p o shortfall bad_debt.

Lemma courses_step : forall es b e, kept b -> courses es b -> happens b e -> courses (es ++ [e]) (apply b e).
Proof.
  intros es b e K [Q C] H.
  assert (Q' : all_known (es ++ [e]) (apply b e)).
  { intros f a I A. apply in_app_iff in I. destruct I as [I | [<- | []]].
    - destruct (Q f a I A) as [l L]. eapply lot_stays; eassumption.
    - eapply lot_of_event; eassumption. }
  split; [exact Q' |]. intros a o s I S. apply in_app_iff in I. destruct I as [I | [E | []]].
  - destruct (C a o s I S) as (d & L & U & R & D).
    destruct (happens_cases b e H) as [A | [(a' & l' & A & O) | (a' & l' & A & L' & F & W)]].
    + exists d. split; [unfold lot_at; rewrite (apply_else b e A); exact L |]. split; [exact U |]. split.
      { intros * J. apply in_app_iff in J. destruct J as [J | [E | []]]; [eauto | subst e; discriminate A]. }
      intros p P T. assert (T' : sold_from p (a_lot a) es) by (red; intros; eapply T; [apply in_app_iff; left |]; eassumption).
      destruct (D p P T') as [D1 D2]. split; [exact D1 |].
      intros * J. apply in_app_iff in J. destruct J as [J | [E | []]]; [eauto | subst e; discriminate A].
    + assert (N : a_lot a <> a_lot a').
      { intros N. destruct (opening_is_new b e a' l' K H A O) as [M _]. congruence. }
      exists d. split.
      { unfold lot_at. rewrite (apply_opening b a' l' e A O), name_lookup_other by exact N. exact L. }
      split; [exact U |]. split.
      { intros * J. apply in_app_iff in J. destruct J as [J | [E | []]]; [eauto | subst e; discriminate O]. }
      intros p P T. assert (T' : sold_from p (a_lot a) es) by (red; intros; eapply T; [apply in_app_iff; left |]; eassumption).
      destruct (D p P T') as [D1 D2]. split; [exact D1 |].
      intros * J. apply in_app_iff in J. destruct J as [J | [E | []]]; [eauto | subst e; discriminate O].
    + destruct (same_name (a_lot a) (a_lot a')) eqn:M.
      * apply same_name_iff in M. rewrite <- M in L'. rewrite L in L'. injection L' as <-.
        exists (evolve_dutch d e). split.
        { unfold lot_at. rewrite (apply_fitting b a' (ByFalling d) e A), <- M, name_lookup_insert; [reflexivity | | exact F].
          now rewrite <- M. }
        destruct K as [K _]. destruct (K _ _ L) as (_ & _ & [_ B] & _).
        split; [intros Y; eapply owed_kept; eauto |]. split.
        { intros * J. apply in_app_iff in J. destruct J as [J | [E | []]]; [eauto |].
          subst e. intros _ Y. cbn [fits_lot within bounded] in F, W, B. destruct F as (_ & _ & -> & -> & -> & ->).
          split; [lia |]. intros V. specialize (U V). lia. }
        intros p P T. assert (T' : sold_from p (a_lot a) es) by (red; intros; eapply T; [apply in_app_iff; left |]; eassumption).
        destruct (D p P T') as [D1 D2]. split.
        -- eapply course_kept; try eassumption. destruct e; try exact Logic.I.
           eapply T; [apply in_app_iff; right; left; reflexivity |]. cbn [about_of] in A. injection A as <-. now symmetry.
        -- intros * J. apply in_app_iff in J. destruct J as [J | [E | []]]; [eauto |].
           subst e. intros _. eapply closed_loses; eassumption.
      * assert (N : a_lot a <> a_lot a') by (intros N; rewrite N, same_name_refl in M; discriminate).
        exists d. split.
        { unfold lot_at. rewrite (apply_fitting b a' l' e A L' F), name_lookup_other by exact N. exact L. }
        split; [exact U |]. split.
        { intros * J. apply in_app_iff in J. destruct J as [J | [E | []]]; [eauto |].
          subst e. cbn [about_of] in A. injection A as <-. intros X. congruence. }
        intros p P T. assert (T' : sold_from p (a_lot a) es) by (red; intros; eapply T; [apply in_app_iff; left |]; eassumption).
        destruct (D p P T') as [D1 D2]. split; [exact D1 |].
        intros * J. apply in_app_iff in J. destruct J as [J | [E | []]]; [eauto |].
        subst e. cbn [about_of] in A. injection A as <-. intros X. congruence.
  - subst e. cbn [about_of lot_of] in *.
    assert (O : lot_of (Opened a o) = Some (ByFalling
      (DutchLot (a_lot a) (a_line a) (a_terms a) (a_goods a) (o_collateral o) (o_debt o)
         (o_target o) s (a_at a) (o_reward o) (o_loss_at o) (o_binding o) (a_at a) false)))
      by (cbn [lot_of]; now rewrite S).
    destruct (opening_is_new b (Opened a o) a _ K H eq_refl O) as [M _].
    eexists. split.
    { unfold lot_at. rewrite (apply_opening b a _ (Opened a o) eq_refl O), name_lookup_insert. reflexivity. }
    split; [auto |]. split.
    { intros * J X. apply in_app_iff in J. destruct J as [J | [J | []]]; [| discriminate].
      destruct (Q _ a' J eq_refl) as [l' L']. congruence. }
    intros p P T. split.
    + unfold on_course. cbn [d_target d_collateral d_debt]. split; [lia |]. intros; lia.
    + intros * J X. apply in_app_iff in J. destruct J as [J | [J | []]]; [| discriminate].
      destruct (Q _ a' J eq_refl) as [l' L']. congruence.
Qed.

Lemma courses_hold : forall es b p, kept b -> courses es b -> courses es (hold_position b p).
Proof. intros es b p _ H. exact H. Qed.

(** For every history: a lot that was opened to fall in price, and of which nothing was sold below [p], closes with a
    shortfall of at most max(0, target - collateral * p), and with a bad debt of at most max(0, debt - collateral * p)
    where its target is not below its debt. *)
Theorem DUT_11_headline : forall ceiling y es b, passes ceiling y es b ->
  forall a o s p a' returned bad_debt shortfall l released,
  In (Opened a o) es -> o_start o = StartDutch s -> 0 <= p -> sold_from p (a_lot a) es ->
  In (Closed a' returned bad_debt shortfall l released) es -> a_lot a' = a_lot a ->
  shortfall <= Z.max 0 (o_target o - o_collateral o * p) /\
  (o_debt o <= o_target o -> bad_debt <= Z.max 0 (o_debt o - o_collateral o * p)).
Proof.
  intros ceiling y es b P a o s p a' returned bad_debt shortfall l released I S N T J X.
  assert (C : courses es b).
  { revert es b P I T J. intros es b P _ _ _. revert es b P. apply (always ceiling y courses).
    - split; [intros e f [] | intros f g h []].
    - exact courses_hold.
    - exact courses_step. }
  destruct C as [_ C]. destruct (C a o s I S) as (d & _ & _ & _ & D). destruct (D p N T) as [_ D2].
  exact (D2 _ _ _ _ _ _ J X).
Qed.

(** Where something returns to the owner nothing is short and, if the target was not below the debt, nothing is bad. *)
Theorem ACC_4_headline : forall ceiling y es b, passes ceiling y es b ->
  forall a o s a' returned bad_debt shortfall l released,
  In (Opened a o) es -> o_start o = StartDutch s ->
  In (Closed a' returned bad_debt shortfall l released) es -> a_lot a' = a_lot a -> 0 < returned ->
  shortfall = 0 /\ (o_debt o <= o_target o -> bad_debt = 0).
Proof.
  intros ceiling y es b P a o s a' returned bad_debt shortfall l released I S J X R.
  assert (C : courses es b).
  { revert es b P I J. intros es b P _ _. revert es b P. apply (always ceiling y courses).
    - split; [intros e f [] | intros f g h []].
    - exact courses_hold.
    - exact courses_step. }
  destruct C as [_ C]. destruct (C a o s I S) as (d & _ & _ & D & _). eapply D; eassumption.
Qed.

(** ** What can always be done *)

(** At the second at which the price of a lot in order has come down to what a buyer would pay, where it is not stale then
    and its breaker lets sales through, his purchase of all of it is accepted and closes the lot. *)
Theorem DUT_13_headline : forall t s level d at_ bidder value price,
  bounded (ByFalling d) -> alive (ByFalling d) -> d_ended d = false -> is_time at_ (d_last_at d) = true -> level < 3 ->
  price_at (t_width t) (s_curve s) (d_start_price d) (at_ - d_started_at d) = Some price ->
  is_stale s d (at_ - d_started_at d) price = false ->
  0 < price <= value -> fits (t_width t) (d_collateral d * price) = true ->
  exists taken closed,
  decide_dutch t s level d (Take at_ bidder All value 0) = Ok [taken; closed] /\
  d_ended (fold_left evolve_dutch [taken; closed] d) = true.
Proof.
  intros * B A E T L P S V F. eapply DUT_13_sells; try eassumption; try lia.
  unfold status. now rewrite P, S.
Qed.

(** An auction with a bid settles at every instant from its end on, which never passes the hard end. *)
Theorem ENG_9_headline : forall version w s level b at_ bidder expires,
  e_ended b = false -> is_time at_ (e_last_at b) = true -> level <= 3 ->
  e_bidder b = Some bidder -> e_bid_expires_at b = Some expires ->
  (match s_bid_edges s with Strict => Z.min expires (e_ends_at b) < at_ | HalfOpen => Z.min expires (e_ends_at b) <= at_ end) ->
  exists es, decide_english version w s level b (Settle at_) = Ok es /\ e_ended (fold_left evolve_english es b) = true.
Proof.
  intros * E T L B X W. unfold decide_english, admitted. cbn [time_of halted_from]. rewrite T, E. cbn [negb].
  replace (4 <=? level) with false by lia. cbn [negb]. rewrite !guard_true.
  unfold settle, is_won. rewrite X.
  assert (reached_end (s_bid_edges s) (Z.min expires (e_ends_at b)) at_ = true) as ->.
  { unfold reached_end. destruct (s_bid_edges s); [now apply Z.leb_le | now apply Z.ltb_lt]. }
  rewrite B. destruct (match e_held b with Escrow => is_collateral (e_goods b) | Income => false end);
    cbn [principal_first]; eexists; (split; [reflexivity |]);
    destruct (is_collateral (e_goods b)) eqn:C; cbn; rewrite ?C; reflexivity.
Qed.
