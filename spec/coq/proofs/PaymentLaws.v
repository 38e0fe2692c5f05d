(** What money that a lot brings in is for, when its debt is bad, and what its events say. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Dutch English Position House Auction Treasury Ledger Book.
From Knockdown.proofs Require Import Accounts LotLaws Bounds Effects Maps BookLaws Steps DutchLaws.
Import ListNotations.
Open Scope Z_scope.

Strategy expand [raise shrink restart settle cancel_english decide_dutch decide_english decide way_out admitted].

(** ** Principal first *)

(** What an event says was repaid, and was penalty. *)
Definition repaid_by (e : event) : Z :=
  match e with
  | Taken _ _ _ _ repaid _ _ | Raised _ _ repaid _ | Settled _ _ _ _ repaid _ _ _ => repaid
  | _ => 0
  end.

Definition penalty_by (e : event) : Z :=
  match e with
  | Taken _ _ _ _ _ penalty _ | Raised _ _ _ penalty | Settled _ _ _ _ _ penalty _ _ => penalty
  | _ => 0
  end.

(** ACC-3: money repays the debt first: it is penalty only when nothing of the debt is left; both are within the target. *)
Theorem ACC_3 : forall b e a l, kept b -> happens b e -> about_of e = Some a -> lot_at b (a_lot a) = Some l ->
  0 <= repaid_by e <= debt_left l /\ 0 <= penalty_by e /\
  (0 < penalty_by e -> repaid_by e = debt_left l) /\
  repaid_by e + penalty_by e <= target_left l.
Proof.
  intros b e a l [K _] H A L. destruct (K _ _ L) as (_ & _ & [S B] & _).
  destruct e; cbn [repaid_by penalty_by]; cbn [happens] in H;
    try (destruct l; cbn [bounded debt_left target_left] in *; repeat split; lia);
    destruct H as (a' & old & A' & L' & F & W); cbn [about_of] in A, A'; rewrite A' in A; injection A as <-;
    rewrite L' in L; injection L as ->;
    destruct l as [d | x]; cbn [fits_lot within bounded sane debt_left target_left] in *; try contradiction.
  - repeat split; try lia; tauto.
  - destruct F as (_ & _ & _ & _ & _ & _ & F1 & F2). destruct W as (W1 & W2 & W3 & W4 & W5 & W6).
    destruct B as (B1 & B2 & B3 & B4 & B5).
    repeat split; try lia; try tauto.
    destruct (is_collateral (e_goods x)) eqn:C; [specialize (W2 eq_refl) | destruct (F1 eq_refl); lia].
    destruct (is_income (e_held x)); cbn [andb] in *; [specialize (F2 eq_refl); lia | destruct (F1 eq_refl); lia].
  - destruct F as (_ & _ & _ & _ & Q & _ & F1 & F2). destruct W as (W3 & W4 & W5 & W6).
    destruct B as (B1 & B2 & B3 & B4 & B5).
    repeat split; try lia; try tauto.
    destruct (is_collateral (e_goods x)) eqn:C; [specialize (B5 eq_refl W6) | destruct (F1 eq_refl); lia].
    destruct (is_income (e_held x)); cbn [andb negb] in *; [destruct (F1 eq_refl); lia | specialize (F2 eq_refl); lia].
Qed.

(** ACC-4: debt turns bad only when its lot closes, *)
Theorem ACC_4 : forall e,
  match e with
  | Closed _ _ bad_debt _ _ _ => net Debt BadDebt (moves e) = bad_debt
  | _ => net Debt BadDebt (moves e) = 0
  end.
Proof. intros e. written e; cbn; lia. Qed.

(** and only where no collateral is returned, as long as the lot's target is not below its debt; *)
Theorem ACC_4_returned : forall l e, fits_lot l e -> within l e -> debt_left l <= target_left l ->
  match e with Closed _ returned bad_debt _ _ _ => returned = 0 \/ bad_debt <= 0 | _ => True end.
Proof.
  intros l e F W D. destruct e; try exact I. destruct l as [d | x]; cbn [fits_lot within debt_left target_left] in *; lia.
Qed.

(** which it stays, whatever happens to the lot. *)
Theorem ACC_4_stays : forall l e, fits_lot l e -> within l e -> bounded l -> debt_left l <= target_left l ->
  debt_left (evolve_lot l e) <= target_left (evolve_lot l e).
Proof.
  intros l e F W B D. destruct l as [d | x], e; cbn [fits_lot] in F; try contradiction;
    cbn [within bounded evolve_lot evolve_dutch evolve_english debt_left target_left d_debt d_target e_debt e_target] in *; lia.
Qed.

(** ** What events say *)

Lemma settle_about : forall version ed b at_ es e, settle version ed b at_ = Ok es -> In e es ->
  about_of e = Some (about_english version at_ b).
Proof.
  intros * H I. apply settle_ok in H. destruct H as (who & r & p & _ & _ & _ & ->).
  destruct I as [<- | I]; [reflexivity |]. destruct (is_collateral (e_goods b)); [| destruct I].
  destruct I as [<- | []]. reflexivity.
Qed.

Lemma cancel_about : forall version b at_ es e, cancel_english version b at_ = Ok es -> In e es ->
  about_of e = Some (about_english version at_ b).
Proof.
  intros * H I. unfold cancel_english in H.
  destruct (is_collateral (e_goods b)); answered H; subst es; destruct I as [<- | []]; reflexivity.
Qed.

(** ENG-16: an event names the lot, its line, what is sold and for whom, the instant and the version of the terms, *)
Theorem ENG_16 : forall version w s level b c es e, decide_english version w s level b c = Ok es -> In e es ->
  about_of e = Some (About (e_id b) (e_line b) (time_of c) version (e_goods b)).
Proof.
  intros * H I. unfold decide_english in H. answered H. destruct c; try discriminate; cbn [time_of].
  - apply raise_ok in H. destruct H as (_ & _ & _ & _ & _ & _ & _ & x & r & p & _ & _ & ->). destruct I as [<- | []]. reflexivity.
  - apply shrink_ok in H. destruct H as (_ & _ & _ & _ & _ & _ & x & _ & ->). destruct I as [<- | []]. reflexivity.
  - unfold restart in H. apply bind_ok in H. destruct H as [reserve [_ H]]. answered H.
    destruct (e_bidder b); [discriminate |]. answered H. subst es. destruct I as [<- | []]. reflexivity.
  - exact (settle_about _ _ _ _ _ _ H I).
  - exact (cancel_about _ _ _ _ _ H I).
Qed.

(** and the bidder. *)
Theorem ENG_16_bidder : forall version w s level b c es e, decide_english version w s level b c = Ok es -> In e es ->
  match c, e with
  | Raise _ bidder _ _, Raised _ s _ _ | Shrink _ bidder _ _, Shrunk _ s _ _ => g_bidder s = bidder
  | Settle _, Settled _ bidder _ _ _ _ _ _ => e_bidder b = Some bidder
  | _, _ => True
  end.
Proof.
  intros * H I. unfold decide_english in H. answered H. destruct c; try discriminate; try exact Logic.I.
  - apply raise_ok in H. destruct H as (_ & _ & _ & _ & _ & _ & _ & x & r & p & _ & _ & ->). destruct I as [<- | []]. reflexivity.
  - apply shrink_ok in H. destruct H as (_ & _ & _ & _ & _ & _ & x & _ & ->). destruct I as [<- | []]. reflexivity.
  - apply settle_ok in H. destruct H as (who & r & p & _ & B & _ & ->).
    destruct I as [<- | I]; [exact B |]. destruct (is_collateral (e_goods b)); [| destruct I]. destruct I as [<- | []]. exact Logic.I.
Qed.

(** ACC-9: an event bears the time of its command, names the lot, its line and what it sells as the lot does, and the
    version of the terms that decided it. *)
Theorem ACC_9 : forall t level l c es e, decide t level l c = Ok es -> In e es ->
  about_of e = Some (About (id_of l) (line_name l) (time_of c) (t_version t) (goods_of l)).
Proof.
  intros * H I. unfold decide in H. answered H. destruct (goods_of l) eqn:Q; try discriminate. rewrite <- Q.
  assert (O : forall r, way_out t l c r = Ok es ->
    about_of e = Some (About (id_of l) (line_name l) (time_of c) (t_version t) (goods_of l))).
  { intros r O. unfold way_out in O. destruct l as [d | b], c; try discriminate; answered O.
    - subst es. destruct I as [<- | []]. reflexivity.
    - exact (settle_about _ _ _ _ _ _ O I).
    - exact (cancel_about _ _ _ _ _ O I). }
  destruct (sale_of t asset) as [[s | s] |], l as [d | b];
    first [exact (DUT_12 _ _ _ _ _ _ _ H I) | exact (ENG_16 _ _ _ _ _ _ _ _ H I) | exact (O _ H)].
Qed.

(** Of a bid that takes the place of another's it says whose, and how much he gets back. *)
Theorem ACC_9_outbid : forall b e, fits_lot (ByBidding b) e ->
  match e with
  | Raised _ s _ _ | Shrunk _ s _ _ =>
      g_outbid s = match e_bidder b with
                   | Some who => if String.eqb who (g_bidder s) then None else Some (Refund who (e_bid b))
                   | None => None
                   end
  | _ => True
  end.
Proof. intros b e F. destruct e; try exact I; cbn [fits_lot] in F; apply F. Qed.

(** ** What is there *)

(** PRT-1: a command that names a position or a lot that is not there is refused, before any other rule is looked at. *)
Theorem PRT_1_position : forall b at_ keeper position quotes, lookup String.eqb position (b_positions b) = None ->
  decide_book b (Open at_ keeper position quotes) = No (NotFound NoPosition position).
Proof. intros * L. cbn. now rewrite L. Qed.

Theorem PRT_1_line : forall b at_ keeper position quotes p, lookup String.eqb position (b_positions b) = Some p ->
  in_force b (p_line p) = None -> decide_book b (Open at_ keeper position quotes) = No (NotFound NoLine (p_line p)).
Proof. intros * L F. cbn. now rewrite L, F. Qed.

Theorem PRT_1_lot : forall b name c, lot_at b name = None -> decide_book b (ToLot name c) = No (NoLotOf name).
Proof. intros * L. cbn. now rewrite L. Qed.

(** PRT-2: no line has the name of the treasury, and no asset that of money. *)
Theorem PRT_2 : forall b at_ t es, decide_book b (ToHouse (ChangeTerms at_ t)) = Ok es ->
  t_line t <> y_line (b_treasury_terms b) /\ forall c, In c (t_collaterals t) -> c_asset c <> money_name.
Proof.
  intros * H. cbn [decide_book] in H. destruct (taken_in b t) eqn:T; [discriminate |]. unfold taken_in in T.
  destruct (String.eqb_spec (t_line t) (y_line (b_treasury_terms b))); [discriminate |]. split; [assumption |].
  intros c I E. destruct (find _ (t_collaterals t)) eqn:F; [discriminate |].
  pose proof (find_none _ _ F c I) as N. cbn in N. rewrite E, String.eqb_refl in N. discriminate.
Qed.
