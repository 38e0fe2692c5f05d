(** The treasury's books agree with the ledger, and no total of them is below zero. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Dutch English Position House Auction Treasury Ledger Book.
From Knockdown.proofs Require Import Accounts LotLaws Bounds Effects Maps BookLaws Steps Conservation.
Import ListNotations.
Open Scope Z_scope.

(** What is known of an event's goods and parts when it happens. *)
Lemma parts_known : forall b e, happens b e ->
  match e with
  | Opened a _ => is_collateral (a_goods a) = true
  | Raised a _ _ _ => is_debt (a_goods a) = false
  | Settled a _ _ _ repaid penalty _ _ => is_collateral (a_goods a) = false -> repaid = 0 /\ penalty = 0
  | Stopped a _ _ _ _ => is_collateral (a_goods a) = false
  | Cancelled a _ _ _ _ _ _ => is_collateral (a_goods a) = true \/ True
  | _ => True
  end.
Proof.
  intros b e H. destruct e; try exact I; cbn [happens] in H; try (right; exact I).
  - tauto.
  - destruct H as (a' & old & A & L & F & _). cbn [about_of] in A. injection A as <-.
    destruct old; cbn [fits_lot] in F; [contradiction |]. destruct F as ((_ & _ & G) & D & _). now rewrite G.
  - destruct H as (a' & old & A & L & F & _). cbn [about_of] in A. injection A as <-.
    destruct old; cbn [fits_lot] in F; [contradiction |]. destruct F as ((_ & _ & G) & _ & _ & _ & _ & _ & F & _).
    rewrite G. cbn [goods_of]. intros C. apply F. now rewrite C.
  - destruct H as (a' & old & A & L & F & _). cbn [about_of] in A. injection A as <-.
    destruct old; cbn [fits_lot] in F; [contradiction |]. destruct F as ((_ & _ & G) & C & _). now rewrite G.
Qed.

Ltac books e P :=
  written e; cbn [a_goods is_collateral is_debt is_surplus] in P; try discriminate P;
  try (specialize (P eq_refl); destruct P; subst);
  cbn [evolve_treasury v_surplus v_losses v_selling income_of income loss_of queued_by paid_by_protocol refunded
       is_debt is_surplus is_income is_collateral andb a_goods a_lot moves bid_moves first_for_debt paid_in sold_of
       position_of owner_of app o_collateral o_shares o_debt o_target o_loss_at o_keeper o_reward o_payer
       g_bidder g_held g_loss_at g_bid g_paid g_outbid f_bidder f_amount];
  spell; cbn [f_bidder f_amount sold_of owner_of position_of same_asset same_account];
  try lia.

(** ACC-7: the treasury's surplus is the money that Protocol and Penalty hold together, *)
Lemma surplus_effect : forall b e, happens b e ->
  v_surplus (evolve_treasury (b_treasury b) e) - v_surplus (b_treasury b)
  = net Money ProtocolOwn (moves e) + net Money Penalty (moves e).
Proof. intros b e H. pose proof (parts_known b e H) as P. set (v := b_treasury b). clearbody v. clear H. books e P. Qed.

Theorem ACC_7_surplus : forall ceiling y es b, passes ceiling y es b ->
  v_surplus (b_treasury b) = net Money ProtocolOwn (ledger es) + net Money Penalty (ledger es).
Proof.
  intros ceiling y. apply (always ceiling y
    (fun es b => v_surplus (b_treasury b) = net Money ProtocolOwn (ledger es) + net Money Penalty (ledger es))).
  - reflexivity.
  - intros es b p _ H. exact H.
  - intros es b e K H P. rewrite !ledger_snoc. cbn [apply b_treasury] in *.
    pose proof (surplus_effect b e P). lia.
Qed.

(** and its losses are the loss that Protocol holds. *)
Lemma losses_effect : forall b e, happens b e ->
  v_losses (evolve_treasury (b_treasury b) e) - v_losses (b_treasury b) = net Loss ProtocolOwn (moves e).
Proof. intros b e H. pose proof (parts_known b e H) as P. set (v := b_treasury b). clearbody v. clear H. books e P. Qed.

Theorem ACC_7_losses : forall ceiling y es b, passes ceiling y es b ->
  v_losses (b_treasury b) = net Loss ProtocolOwn (ledger es).
Proof.
  intros ceiling y. apply (always ceiling y (fun es b => v_losses (b_treasury b) = net Loss ProtocolOwn (ledger es))).
  - reflexivity.
  - intros es b p _ H. exact H.
  - intros es b e K H P. rewrite ledger_snoc. cbn [apply b_treasury] in *. pose proof (losses_effect b e P). lia.
Qed.

(** What is on sale is what surplus auctions hold. *)
Definition surplus_held (l : lot) : Z := if is_surplus (goods_of l) then goods_left l else 0.

Definition surplus_moved (e : event) : Z :=
  match e with
  | SurplusOpened _ sold _ _ _ => sold
  | Settled a _ _ sold _ _ _ _ => if is_surplus (a_goods a) then - sold else 0
  | Stopped a _ sold _ _ => if is_surplus (a_goods a) then - sold else 0
  | _ => 0
  end.

Lemma surplus_follows : follows surplus_held surplus_moved.
Proof.
  split.
  - intros b e l H L. unfold surplus_held.
    destruct e; try discriminate; cbn [lot_of surplus_moved happens] in *; injection L as <-.
    + destruct H as (_ & _ & C & _). destruct (o_start o); cbn; destruct (a_goods a); try discriminate; reflexivity.
    + destruct H as (_ & _ & C & _). cbn. now rewrite C.
    + destruct H as (_ & _ & C & _). cbn. destruct (a_goods a); try discriminate; reflexivity.
  - intros l e F S. unfold surplus_held. destruct (fits_keeps l e F) as (_ & _ & G). rewrite G.
    destruct (is_surplus (goods_of l)) eqn:X.
    + rewrite (goods_effect l e F) by (destruct (goods_of l); try discriminate; reflexivity). f_equal.
      destruct l as [d | b]; cbn [goods_of sane] in *; [destruct (d_goods d); discriminate |].
      destruct e; cbn [fits_lot] in F; try contradiction; cbn [goods_moved surplus_moved]; try reflexivity.
      * destruct F as (_ & C & _). revert C X. destruct (e_goods b); discriminate.
      * destruct F as (_ & C & _). revert C X. destruct (e_goods b); discriminate.
      * destruct F as (_ & C & _). revert C X. destruct (e_goods b); discriminate.
      * destruct F as ((_ & _ & Q) & _). rewrite Q. cbn [goods_of]. revert X. destruct (e_goods b); try discriminate. reflexivity.
    + destruct l as [d | b]; cbn [goods_of] in *; destruct e; cbn [fits_lot] in F; try contradiction;
        cbn [surplus_moved]; try lia;
        destruct F as ((_ & _ & Q) & _); rewrite Q; cbn [goods_of]; rewrite X; lia.
  - intros e A. destruct e; try discriminate; reflexivity.
Qed.

Lemma selling_effect : forall v e, v_selling (evolve_treasury v e) = v_selling v + surplus_moved e.
Proof.
  intros v e. destruct e; cbn [evolve_treasury v_selling surplus_moved]; try lia;
    destruct (is_surplus (a_goods a)); cbn [v_selling]; try lia.
  destruct h, r; cbn [v_selling]; lia.
Qed.

Theorem ACC_7_selling : forall ceiling y es b, passes ceiling y es b ->
  v_selling (b_treasury b) = total surplus_held (b_lots b).
Proof.
  intros ceiling y. apply (always ceiling y (fun _ b => v_selling (b_treasury b) = total surplus_held (b_lots b))).
  - reflexivity.
  - intros es b p _ H. exact H.
  - intros es b e K H P. rewrite (total_follows _ _ surplus_follows b e K P). cbn [apply b_treasury].
    rewrite selling_effect. lia.
Qed.

(** ** No total is below zero *)

(** TRE-9: no total is below zero, and what is queued or on auction is at most the losses. *)
Definition solvent (v : treasury) : Prop :=
  0 <= v_surplus v /\ 0 <= v_queued v /\ 0 <= v_on_auction v /\ v_queued v + v_on_auction v <= v_losses v.

Lemma amounts_known : forall b e, kept b -> happens b e ->
  0 <= queued_by e /\ 0 <= loss_of e /\
  match e with SurplusOpened _ _ _ _ _ => True | _ => 0 <= income_of e end /\
  match e with Stopped _ bid _ _ _ => 0 <= bid | _ => True end.
Proof.
  intros b e [K _] H.
  destruct e; cbn [happens] in H; cbn [queued_by loss_of income_of]; try lia;
    try (destruct H as (a' & old & A & L & F & W); cbn [about_of] in A; injection A as <-;
         destruct (K _ _ L) as (_ & _ & [_ B] & _);
         destruct old as [d | e]; cbn [fits_lot within bounded] in F, W, B; try contradiction).
  all: repeat match goal with G : _ /\ _ |- _ => destruct G end; unfold opens_well in *;
    repeat match goal with G : _ /\ _ |- _ => destruct G end; subst;
    unfold refunded, outbid_by, paid_by_protocol, income in *;
    try (destruct (e_bidder e); [destruct (e_bid e =? 0) |]);
    repeat match goal with
    | G : g_bid _ = _ |- _ => rewrite G in *
    | G : g_paid _ = _ |- _ => rewrite G in *
    end;
    repeat match goal with |- context [if ?x then _ else _] => destruct x end;
    repeat match goal with |- context [match ?x with _ => _ end] => destruct x end;
    cbn [paid_by_protocol income f_amount] in *; repeat split; try lia.
Qed.

Theorem TRE_9 : forall ceiling y es b, passes ceiling y es b -> solvent (b_treasury b).
Proof.
  intros ceiling y. apply (always ceiling y (fun _ b => solvent (b_treasury b))).
  - unfold solvent. cbn. lia.
  - intros es b p _ H. exact H.
  - intros es b e K H P. destruct (amounts_known b e K P) as (Q & L & I1 & S).
    cbn [apply b_treasury]. unfold solvent in *. set (v := b_treasury b) in *.
    destruct e; cbn [happens] in P; fold v in P;
      cbn [evolve_treasury v_surplus v_queued v_on_auction v_losses] in *; try lia;
      try (destruct (is_surplus (a_goods a)); cbn [v_surplus v_queued v_on_auction v_losses]; try lia).
    all: unfold ready in *;
      repeat match goal with |- context [match ?x with _ => _ end] => destruct x end;
      cbn [v_surplus v_queued v_on_auction v_losses]; lia.
Qed.
