(** What is paid and who holds it meanwhile: ACC-3, ACC-8, ACC-9, ENG-16. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Dutch English Position House Auction Treasury Ledger Book.
From Knockdown.proofs Require Import Accounts LotLaws Bounds Effects EnglishLaws DutchLaws.
Import ListNotations.
Open Scope Z_scope.

(** ACC-3: money that a lot brings in repays its debt first: only when the debt is repaid in full is it penalty, *)
Theorem ACC_3_taken : forall d a who price bought repaid penalty l,
  within (ByFalling d) (Taken a who price bought repaid penalty l) ->
  (0 < penalty -> repaid = d_debt d) /\ repaid + penalty <= d_target d.
Proof. intros * W. cbn [within] in W. tauto. Qed.

(** of bids as of sales; *)
Theorem ACC_3_bids : forall b e, within (ByBidding b) e ->
  match e with
  | Raised _ _ repaid penalty | Settled _ _ _ _ repaid penalty _ _ => 0 < penalty -> repaid = e_debt b
  | _ => True
  end.
Proof. intros b e W. destruct e; try exact I; cbn [within] in W; tauto. Qed.

(** and both together never exceed the target. *)
Theorem ACC_3_target : forall b a who bid sold repaid penalty h l,
  fits_lot (ByBidding b) (Settled a who bid sold repaid penalty h l) -> bounded (ByBidding b) ->
  e_ended b = false -> repaid + penalty <= e_target b.
Proof.
  intros * F B E. cbn [fits_lot bounded] in *.
  destruct F as (_ & _ & _ & _ & -> & _ & F1 & F2).
  destruct (is_collateral (e_goods b) && negb (is_income (e_held b))) eqn:C.
  - rewrite (F2 eq_refl). apply andb_true_iff in C. destruct C as [C _]. now apply B.
  - destruct (F1 eq_refl) as [-> ->]. lia.
Qed.

(** What the escrow of a lot ought to hold: its standing bid, where bids wait there. *)
Definition due (b : english_lot) : Z :=
  if e_ended b then 0
  else match e_held b, e_bidder b with Escrow, Some _ => e_bid b | _, _ => 0 end.

(** ACC-8: whatever a command does, it moves into a lot's escrow what the standing bid there grows by, and out of it what
    it no longer holds: so the escrow holds the standing bid, and nothing when the lot is over. *)
Theorem ACC_8 : forall version w s level b c es, in_turn b ->
  decide_english version w s level b c = Ok es ->
  net (paid_in (e_goods b)) (EscrowOf (e_id b)) (flat_map moves es) = due (fold_left evolve_english es b) - due b.
Proof.
  intros * [T S] H. unfold decide_english in H. answered H. apply negb_true_iff in G1. destruct c; try discriminate.
  - apply raise_ok in H. destruct H as (D & _ & _ & _ & _ & _ & _ & expires & repaid & penalty & _ & P & ->).
    cbn [flat_map fold_left moves]. rewrite app_nil_r. unfold due. cbn [evolve_english e_ended e_held e_bidder e_bid g_bidder g_bid].
    rewrite G1. unfold about_english, bid_moves, first_for_debt, outbid_by, is_standing_of.
    cbn [a_goods a_lot g_held g_outbid g_paid g_bidder g_loss_at].
    destruct (e_goods b) eqn:Q; try discriminate; cbn [is_collateral is_surplus is_debt andb paid_in] in *;
      destruct (e_held b); cbn [is_income andb] in *; try (specialize (S eq_refl); discriminate);
      try (injection P as -> ->);
      destruct (e_bidder b) as [one |]; try specialize (T eq_refl eq_refl);
      try destruct (String.eqb_spec one bidder);
      destruct (e_loss_at b); cbn [app]; spell; cbn [f_bidder f_amount]; rewrite ?same_name_refl, ?String.eqb_refl; lia.
  - apply shrink_ok in H. destruct H as (D & _ & -> & _ & _ & _ & expires & _ & ->).
    cbn [flat_map fold_left moves]. rewrite app_nil_r. unfold due. cbn [evolve_english e_ended e_held e_bidder e_bid g_bidder g_bid].
    rewrite G1. unfold about_english, bid_moves, first_for_debt, outbid_by, is_standing_of.
    cbn [a_goods a_lot g_held g_outbid g_paid g_bidder g_loss_at].
    destruct (e_goods b) eqn:Q; try discriminate; cbn [is_collateral is_surplus is_debt andb paid_in] in *;
      destruct (e_held b);
      destruct (e_bidder b) as [one |]; try specialize (T eq_refl eq_refl);
      try destruct (String.eqb_spec one bidder);
      cbn [app]; spell; cbn [f_bidder f_amount sold_of owner_of same_asset same_account];
      rewrite ?same_name_refl, ?String.eqb_refl; lia.
  - pose proof (ENG_10 _ _ _ _ _ _ _ H) as (B & _ & a & x & y & r & sold & -> & _).
    cbn [flat_map fold_left moves app]. unfold due. cbn [evolve_english e_ended e_held e_bidder e_bid].
    rewrite G1, B. destruct (e_held b); reflexivity.
  - apply settle_ok in H. destruct H as (bidder & repaid & penalty & _ & B & P & ->).
    unfold about_english, principal_first in *.
    destruct (e_goods b) eqn:Q; cbn [is_collateral is_surplus is_debt andb paid_in] in *;
      cbn [flat_map fold_left moves a_goods a_lot app]; unfold due;
      cbn [evolve_english e_ended e_held e_bidder e_bid e_goods]; rewrite ?Q, G1, B; cbn [is_collateral negb];
      destruct (e_held b); cbn [is_income negb] in *; try (specialize (S eq_refl); discriminate);
      injection P as -> ->; destruct (e_loss_at b); cbn [app]; spell;
      cbn [sold_of owner_of paid_in same_asset same_account];
      rewrite ?same_name_refl, ?String.eqb_refl; lia.
  - unfold cancel_english, about_english in H.
    destruct (e_goods b) eqn:Q; cbn [is_collateral] in H; answered H; subst es;
      cbn [flat_map fold_left moves a_goods a_lot app]; unfold due;
      cbn [evolve_english e_ended e_held e_bidder e_bid e_goods paid_in is_surplus is_debt] in *; rewrite G1;
      destruct (e_held b); try (specialize (S eq_refl); discriminate);
      destruct (e_bidder b) as [one |]; try destruct (Z.eqb_spec (e_bid b) 0);
      destruct (e_loss_at b); cbn [app]; spell; cbn [f_amount sold_of owner_of position_of paid_in same_asset same_account];
      rewrite ?same_name_refl, ?String.eqb_refl; lia.
Qed.

(** ENG-16, ACC-9: an event names the lot, its line, what is sold and for whom, the time of the command and the version of
    the terms that decided it. *)
Theorem ENG_16 : forall version w s level b c es e, decide_english version w s level b c = Ok es -> In e es ->
  about_of e = Some (About (e_id b) (e_line b) (time_of c) version (e_goods b)).
Proof.
  intros * H I. unfold decide_english in H. answered H. destruct c; try discriminate.
  - apply raise_ok in H. destruct H as (_ & _ & _ & _ & _ & _ & _ & x & y & z & _ & _ & ->). destruct I as [<- | []]. reflexivity.
  - apply shrink_ok in H. destruct H as (_ & _ & _ & _ & _ & _ & x & _ & ->). destruct I as [<- | []]. reflexivity.
  - unfold restart in H. apply bind_ok in H. destruct H as [reserve [_ H]]. answered H.
    destruct (e_bidder b); [discriminate |]. answered H. subst es. destruct I as [<- | []]. reflexivity.
  - apply settle_ok in H. destruct H as (x & y & z & _ & _ & _ & ->).
    destruct I as [<- | I]; [reflexivity |].
    destruct (is_collateral (e_goods b)); cbn in I; [| contradiction]. destruct I as [<- | []]. reflexivity.
  - unfold cancel_english in H. destruct (is_collateral (e_goods b)); answered H; subst es; destruct I as [<- | []]; reflexivity.
Qed.

Theorem ACC_9 : forall t level l c es e, decide t level l c = Ok es -> In e es ->
  about_of e = Some (About (id_of l) (line_name l) (time_of c) (t_version t) (goods_of l)).
Proof.
  assert (C : forall t d at_ e, In e (cancel_dutch t d at_) ->
    about_of e = Some (About (d_id d) (d_line d) at_ (t_version t) (d_goods d))).
  { intros t d at_ e [<- | []]. reflexivity. }
  intros * H I. unfold decide in H. answered H. destruct (goods_of l) eqn:Q; try discriminate. rewrite <- Q.
  destruct (sale_of t asset) as [[s | s] |]; destruct l as [d | b];
    try (now apply (DUT_12 t s level d c es e)); try (now apply (ENG_16 (t_version t) (t_width t) s level b c es e));
    unfold way_out in H; destruct c; try discriminate; answered H; try (subst es; now apply C).
  all: try (apply settle_ok in H; destruct H as (x & y & z & _ & _ & _ & ->);
    destruct I as [<- | I]; [reflexivity |];
    destruct (is_collateral (e_goods b)); cbn in I; [| contradiction]; destruct I as [<- | []]; reflexivity).
  all: unfold cancel_english in H; destruct (is_collateral (e_goods b)); answered H; subst es; destruct I as [<- | []]; reflexivity.
Qed.
