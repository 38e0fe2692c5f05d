(** What an event that fits a lot does to the lot's account, and to the money in flight. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Dutch English Position House Auction Treasury Ledger Book.
From Knockdown.proofs Require Import Accounts LotLaws.
Import ListNotations.
Open Scope Z_scope.

(** A lot of a treasury owes nothing and has no target; what falls in price is collateral. *)
Definition sane (l : lot) : Prop :=
  match l with
  | ByFalling d => is_collateral (d_goods d) = true
  | ByBidding b => is_collateral (e_goods b) = false -> e_debt b = 0 /\ e_target b = 0
  end.

(** Whether an event is about a lot of a name. *)
Definition named (n : lot_name) (e : event) : bool :=
  match about_of e with Some a => same_name (a_lot a) n | None => false end.

(** What an event moves into a lot's account, of debt, *)
Definition debt_moved (e : event) : Z :=
  match e with
  | Opened _ o => o_debt o
  | Taken _ _ _ _ repaid _ _ | Raised _ _ repaid _ => - repaid
  | Closed _ _ bad_debt _ _ _ => - bad_debt
  | Cancelled _ _ debt _ _ _ _ => - debt
  | Settled a _ _ _ repaid _ _ _ => if is_collateral (a_goods a) then - repaid else 0
  | _ => 0
  end.

(** and of what it sells. *)
Definition goods_moved (e : event) : Z :=
  match e with
  | Opened _ o => o_collateral o
  | Taken _ _ _ bought _ _ _ => - bought
  | Closed _ returned _ _ _ _ => - returned
  | Cancelled _ collateral _ _ _ _ _ => - collateral
  | Shrunk a _ _ freed => if is_collateral (a_goods a) then - freed else 0
  | Settled a _ _ sold _ _ _ _ => if is_debt (a_goods a) then 0 else - sold
  | Stopped a _ sold _ _ => if is_surplus (a_goods a) then - sold else 0
  | SurplusOpened _ sold _ _ _ => sold
  | _ => 0
  end.

(** What an event sells; a surplus auction sells money, whatever is said of its goods. *)
Definition asset_sold (e : event) : asset :=
  match e with
  | SurplusOpened _ _ _ _ _ => Money
  | _ => match about_of e with Some a => sold_of (a_goods a) | None => Money end
  end.

(** Sums a list of postings that is written out. *)
Ltac spell :=
  unfold payment, rewarded, repaid_to, net, sum, net_one;
  cbn [map fold_right app m_asset m_from m_to m_amount same_asset same_account].

(** Takes an event apart so far that its postings are written out. *)
Ltac written e :=
  destruct e; try match goal with a : about |- _ => destruct a as [al an at_ av [asset pos own | token | token]] end;
  try match goal with o : opened |- _ => destruct o as [oc os od ot [] ob ost ok orw []] end;
  try match goal with s : standing |- _ => destruct s as [gb [] [] gbid gp [[rb ra] |] ge gend] end;
  try match goal with r : option refund |- _ => destruct r as [[rb ra] |] end;
  try match goal with l : loss_at |- _ => destruct l end;
  try match goal with p : payer |- _ => destruct p end;
  try match goal with h : held |- _ => destruct h end.

Lemma debt_net : forall n e, net Debt (LotOf n) (moves e) = if named n e then debt_moved e else 0.
Proof.
  intros n e. written e;
    cbn [named about_of a_lot a_goods moves payment rewarded repaid_to bid_moves first_for_debt paid_in sold_of
         position_of owner_of debt_moved is_collateral is_debt is_surplus app
         o_collateral o_shares o_debt o_target o_loss_at o_keeper o_reward o_payer
         g_bidder g_held g_loss_at g_bid g_paid g_outbid f_bidder f_amount];
    unfold named; cbn [about_of a_lot];
    spell; try (destruct (same_name al n)); lia.
Qed.

Lemma goods_net : forall x n e, x <> Debt -> x <> Loss ->
  net x (LotOf n) (moves e) = if named n e && same_asset (asset_sold e) x then goods_moved e else 0.
Proof.
  intros x n e D L. written e;
    cbn [named about_of a_lot a_goods moves payment rewarded repaid_to bid_moves first_for_debt paid_in sold_of
         position_of owner_of goods_moved asset_sold is_collateral is_debt is_surplus app
         o_collateral o_shares o_debt o_target o_loss_at o_keeper o_reward o_payer
         g_bidder g_held g_loss_at g_bid g_paid g_outbid f_bidder f_amount];
    unfold named; cbn [about_of a_lot];
    destruct x; try contradiction;
    spell; try (destruct (same_name al n)); cbn [andb];
    repeat match goal with |- context [String.eqb ?a ?b] => destruct (String.eqb a b) end; lia.
Qed.

(** Takes apart what fits: its lot, its event, and what it says. *)
Ltac fitted F :=
  match type of F with fits_lot ?l ?e => destruct l as [d | b], e; cbn [fits_lot] in F; try contradiction F end;
  repeat match type of F with _ /\ _ => let G := fresh "F" in destruct F as [G F] end;
  repeat match goal with H : about_lot _ ?a |- _ =>
    let L := fresh "L" in let N := fresh "N" in let G := fresh "G" in
    destruct H as [L [N G]]; destruct a as [al an at_ av ag]; cbn [a_lot a_line a_goods a_at a_terms id_of line_name goods_of] in *;
    subst al an ag
  end.

Lemma fits_about : forall l e, fits_lot l e -> exists a, about_of e = Some a /\ about_lot l a.
Proof.
  intros l e F. destruct l, e; cbn [fits_lot] in F; try contradiction; cbn [about_of];
    eexists; (split; [reflexivity |]); tauto.
Qed.

Lemma fits_not_opening : forall l e, fits_lot l e -> lot_of e = None.
Proof. intros l e F. destruct l, e; cbn [fits_lot] in F; try contradiction; reflexivity. Qed.

Lemma fits_keeps : forall l e, fits_lot l e ->
  id_of (evolve_lot l e) = id_of l /\ line_name (evolve_lot l e) = line_name l /\
  goods_of (evolve_lot l e) = goods_of l.
Proof. intros l e F. destruct l, e; cbn [fits_lot] in F; try contradiction; repeat split. Qed.

Lemma fits_sane : forall l e, fits_lot l e -> sane l -> sane (evolve_lot l e).
Proof.
  intros l e F S. destruct l as [d | b], e; cbn [fits_lot] in F; try contradiction;
    cbn [sane evolve_lot evolve_dutch evolve_english d_goods e_goods e_debt e_target] in *;
    try assumption; intros C; specialize (S C); try tauto; try lia.
  - (* Raised *) destruct F as (_ & _ & _ & _ & _ & _ & F & _). rewrite C in F. specialize (F eq_refl). lia.
  - (* Settled *) destruct F as (_ & _ & _ & _ & _ & _ & F & _). rewrite C in F. specialize (F eq_refl). lia.
Qed.

Lemma fits_named : forall l e, fits_lot l e -> named (id_of l) e = true.
Proof.
  intros l e F. destruct (fits_about l e F) as [a [A [N _]]]. unfold named. rewrite A, N. apply same_name_refl.
Qed.

(** The debt of a lot changes as that of its account, *)
Lemma debt_effect : forall l e, fits_lot l e -> sane l -> debt_left (evolve_lot l e) = debt_left l + debt_moved e.
Proof.
  intros l e F S. destruct l as [d | b], e; cbn [fits_lot] in F; try contradiction;
    cbn [debt_left evolve_lot evolve_dutch evolve_english d_debt e_debt debt_moved sane] in *; try lia.
  - (* Settled *) destruct F as ((_ & _ & G) & _ & _ & _ & _ & _ & F & _). rewrite G. cbn [goods_of].
    destruct (is_collateral (e_goods b)); [lia |]. specialize (F eq_refl). lia.
  - (* Stopped *) destruct F as (_ & C & _). specialize (S C). lia.
Qed.

(** and so what is for sale, where it is held, *)
Lemma goods_effect : forall l e, fits_lot l e -> is_debt (goods_of l) = false ->
  goods_left (evolve_lot l e) = goods_left l + goods_moved e.
Proof.
  intros l e F S. destruct l as [d | b], e; cbn [fits_lot] in F; try contradiction;
    cbn [goods_left goods_of evolve_lot evolve_dutch evolve_english d_collateral e_sold goods_moved] in *; try lia.
  - (* Shrunk *) destruct F as ((_ & _ & G) & U & _ & _ & _ & _ & _ & F). rewrite G. cbn [goods_of].
    destruct (e_goods b); try discriminate; cbn [is_collateral]; lia.
  - (* Restarted *) destruct F as (_ & _ & F). specialize (F S). lia.
  - (* Settled *) destruct F as ((_ & _ & G) & _ & _ & _ & _ & F & _). rewrite G. cbn [goods_of]. rewrite S. lia.
  - (* Stopped *) destruct F as ((_ & _ & G) & C & _ & _ & F & _). rewrite G. cbn [goods_of].
    destruct (e_goods b); try discriminate; cbn [is_surplus]; lia.
Qed.

(** and the money in flight. *)
Lemma flow_effect : forall l e, fits_lot l e -> sane l -> target_left (evolve_lot l e) = target_left l + flow e.
Proof.
  intros l e F S. destruct l as [d | b], e; cbn [fits_lot] in F; try contradiction;
    cbn [target_left evolve_lot evolve_dutch evolve_english d_target e_target flow sane] in *; try lia.
  - (* Stopped *) destruct F as (_ & C & _). specialize (S C). lia.
Qed.
