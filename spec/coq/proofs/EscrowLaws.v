(** What the escrow of a lot holds: ACC-8. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Dutch English Position House Auction Treasury Ledger Book.
From Knockdown.proofs Require Import Accounts LotLaws Bounds Effects EnglishLaws DutchLaws.
Import ListNotations.
Open Scope Z_scope.

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
