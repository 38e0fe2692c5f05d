(** What is proved of one Dutch sale: DUT-4 to DUT-6, and the laws D1 to D21 of the step. *)

From Coq Require Import ZArith Lia List Bool.
From Knockdown.model Require Import Fixed Terms Event Dutch.
From Knockdown.proofs Require Import FixedLaws.
Open Scope Z_scope.

(** What a sale is made of: a lot with something in it, a target, a price, an amount that is there. *)
Definition fair (lot target price wanted : Z) : Prop :=
  0 < lot /\ 0 < target /\ 0 <= price /\ 0 <= wanted <= lot.

(** The ways that a sale goes, each with what decides it. *)
Ltac decided c :=
  match c with
  | context [?a <? ?b] => let E := fresh "E" in destruct (Z.ltb_spec a b) as [E | E]
  | context [?a <=? ?b] => let E := fresh "E" in destruct (Z.leb_spec a b) as [E | E]
  | context [?a =? ?b] => let E := fresh "E" in destruct (Z.eqb_spec a b) as [E | E]
  end.

Ltac sale_cases H :=
  unfold sale_at, worth in H; revert H;
  repeat (match goal with |- (if ?c then _ else _) = _ -> _ => decided c end; cbn [andb orb]);
  intros H; try discriminate H; try (injection H as <-); cbn [paid bought] in *.

(** A floored quotient, by what it is between. *)
Lemma quotient : forall n p, 0 < p -> n / p * p <= n < (n / p + 1) * p.
Proof. intros. pose proof (Z.div_mod n p). pose proof (Z.mod_pos_bound n p). nia. Qed.

(** The quotients that a sale can hold, and then arithmetic. *)
Ltac floors target min_left price :=
  assert (0 < price) by nia;
  pose proof (quotient target price ltac:(lia));
  pose proof (quotient (target - min_left) price ltac:(lia));
  nia.

(** D1: where a quotient is taken the price is above zero. *)
Theorem DUT_5_no_division_by_zero : forall lot target price wanted min_left min_collateral s,
  fair lot target price wanted -> sale_at lot target price wanted min_left min_collateral = Some s ->
  paid s <> bought s * price -> 0 < price.
Proof.
  intros * (L & T & P & W) H N. sale_cases H; try (now destruct N); try nia.
Qed.

(** DUT-5: nothing is paid above the target (D2), nor below nothing, *)
Theorem DUT_5_paid : forall lot target price wanted min_left min_collateral s,
  fair lot target price wanted -> sale_at lot target price wanted min_left min_collateral = Some s ->
  0 <= paid s <= target.
Proof.
  intros * (L & T & P & W) H. sale_cases H; try nia.
Qed.

(** nobody gets more than is wanted (D3), *)
Theorem DUT_5_bought : forall lot target price wanted min_left min_collateral s,
  fair lot target price wanted -> sale_at lot target price wanted min_left min_collateral = Some s ->
  0 <= bought s <= wanted.
Proof.
  intros * (L & T & P & W) H.
  sale_cases H; try nia; floors target min_left price.
Qed.

(** and what is paid is at least what was bought times the price, and less than one unit more costs (D4). *)
Theorem DUT_5_price : forall lot target price wanted min_left min_collateral s,
  fair lot target price wanted -> sale_at lot target price wanted min_left min_collateral = Some s ->
  bought s * price <= paid s /\ (paid s = bought s * price \/ paid s < (bought s + 1) * price).
Proof.
  intros * (L & T & P & W) H.
  sale_cases H; try nia; floors target min_left price.
Qed.

(** Nothing costs more than all that is wanted. *)
Theorem DUT_5_cost : forall lot target price wanted min_left min_collateral s,
  fair lot target price wanted -> sale_at lot target price wanted min_left min_collateral = Some s ->
  paid s <= wanted * price.
Proof. intros * (L & T & P & W) H. sale_cases H; nia. Qed.

(** DUT-6: a sale that neither meets the target nor takes all leaves both minimums (D5). *)
Theorem DUT_6_leaves : forall lot target price wanted min_left min_collateral s,
  fair lot target price wanted -> sale_at lot target price wanted min_left min_collateral = Some s ->
  paid s = target \/ bought s = lot \/ (min_left <= target - paid s /\ min_collateral <= lot - bought s).
Proof.
  intros * (L & T & P & W) H. sale_cases H; try nia; floors target min_left price.
Qed.

(** Taking all is never cut for a minimum and never refused (D9). *)
Theorem DUT_6_all : forall lot target price min_left min_collateral, fair lot target price lot ->
  exists s, sale_at lot target price lot min_left min_collateral = Some s /\
  (paid s = target \/ (paid s = lot * price /\ bought s = lot)).
Proof.
  intros * (L & T & P & W). unfold sale_at, worth.
  destruct (target <? lot * price) eqn:E; [eexists; split; [reflexivity | now left] |].
  rewrite Z.eqb_refl, orb_true_r. eexists. split; [reflexivity |]. now right.
Qed.

(** Who wants all pays the whole target where the lot is worth it (D10). *)
Theorem DUT_6_all_pays : forall lot target price min_left min_collateral s, fair lot target price lot ->
  target <= lot * price -> sale_at lot target price lot min_left min_collateral = Some s -> paid s = target.
Proof. intros * (L & T & P & W) C H. sale_cases H; try lia. Qed.

(** Leaving a minimum, exactly or more, needs no cut. *)
Theorem DUT_6_uncut : forall lot target price wanted min_left min_collateral, fair lot target price wanted ->
  wanted * price <= target -> min_left <= target - wanted * price -> min_collateral <= lot - wanted ->
  sale_at lot target price wanted min_left min_collateral = Some (Sale (wanted * price) wanted).
Proof.
  intros * (L & T & P & W) O M C. unfold sale_at, worth.
  replace (target <? wanted * price) with false by lia.
  destruct (((wanted * price =? target) || (wanted =? lot))%bool); [reflexivity |].
  replace (lot - min_collateral <? wanted) with false by lia. cbn [andb].
  replace (min_left <=? target - wanted * price) with true by lia. reflexivity.
Qed.

(** An amount that could be sold by itself: within the target, and leaving both minimums unless it ends the lot. *)
Definition admissible (lot target price min_left min_collateral amount : Z) : Prop :=
  amount * price <= target /\
  (amount * price = target \/ amount = lot \/
   (min_left <= target - amount * price /\ min_collateral <= lot - amount)).

(** The sale is the largest: no admissible amount that is wanted costs more than is paid (D14), *)
Theorem DUT_6_largest : forall lot target price wanted min_left min_collateral s amount,
  fair lot target price wanted -> sale_at lot target price wanted min_left min_collateral = Some s ->
  0 <= amount <= wanted -> admissible lot target price min_left min_collateral amount ->
  amount * price <= paid s.
Proof.
  intros * (L & T & P & W) H A (O & D). sale_cases H; try nia; destruct D as [D | [D | [D1 D2]]]; try nia.
Qed.

(** nor is larger than what is bought (D16), *)
Theorem DUT_6_largest_amount : forall lot target price wanted min_left min_collateral s amount,
  fair lot target price wanted -> sale_at lot target price wanted min_left min_collateral = Some s ->
  0 <= amount <= wanted -> admissible lot target price min_left min_collateral amount ->
  amount <= bought s.
Proof.
  intros * (L & T & P & W) H A (O & D). sale_cases H; try nia;
  destruct D as [D | [D | [D1 D2]]]; try nia; floors target min_left price.
Qed.

(** and where the sale is refused no amount above zero is admissible (D15). *)
Theorem DUT_6_refused : forall lot target price wanted min_left min_collateral amount,
  fair lot target price wanted -> sale_at lot target price wanted min_left min_collateral = None ->
  0 < amount <= wanted -> ~ admissible lot target price min_left min_collateral amount.
Proof.
  intros * (L & T & P & W) H A (O & D). sale_cases H;
  destruct D as [D | [D | [D1 D2]]]; nia.
Qed.

(** Who wants more never gets or pays less, where there is a sale (D17). *)
Theorem DUT_6_monotone : forall lot target price less more min_left min_collateral s t,
  fair lot target price less -> fair lot target price more -> less <= more ->
  sale_at lot target price less min_left min_collateral = Some s ->
  sale_at lot target price more min_left min_collateral = Some t ->
  paid s <= paid t /\ bought s <= bought t.
Proof.
  intros * F G M S T.
  pose proof (DUT_5_price _ _ _ _ _ _ _ F S) as [S1 S2].
  pose proof (DUT_5_bought _ _ _ _ _ _ _ F S) as SB.
  destruct F as (L & T0 & P & W). destruct G as (_ & _ & _ & W').
  sale_cases S; sale_cases T; try nia;
    repeat match goal with
    | |- context [?n / price] => lazymatch goal with
        | _ : n / price * price <= n < _ |- _ => fail
        | _ => assert (0 < price) by nia; pose proof (quotient n price ltac:(lia))
        end
    end; try nia.
Qed.

(** The last of a lot costs exactly its price (D6), and leaves the target no less than what was not covered (D7). *)
Theorem DUT_5_last : forall lot target price wanted min_left min_collateral s,
  fair lot target price wanted -> sale_at lot target price wanted min_left min_collateral = Some s ->
  bought s = lot -> paid s = lot * price /\ 0 <= target - lot * price.
Proof.
  intros * (L & T & P & W) H B. sale_cases H; try nia; floors target min_left price.
Qed.

(** At a price above zero a sale of something brings in something (D8). *)
Theorem DUT_5_pays : forall lot target price wanted min_left min_collateral s,
  fair lot target price wanted -> 0 < price -> 0 < wanted ->
  sale_at lot target price wanted min_left min_collateral = Some s -> 1 <= paid s.
Proof. intros * (L & T & P & W) P1 W1 H. sale_cases H; try nia. Qed.

(** A lot that covers its target at a price still does after a sale at it, and never by less (D21). *)
Theorem DUT_5_cover : forall lot target price wanted min_left min_collateral s,
  fair lot target price wanted -> sale_at lot target price wanted min_left min_collateral = Some s ->
  (target - paid s) - (lot - bought s) * price <= target - lot * price.
Proof. intros * F H. pose proof (DUT_5_price _ _ _ _ _ _ _ F H). nia. Qed.

(** DUT-5: two sales at one price never get more than one sale of their sum (D19). *)
Theorem DUT_5_splitting : forall lot target price w1 w2 min_left min_collateral s1 s2 s,
  fair lot target price w1 -> 0 < price ->
  sale_at lot target price w1 min_left min_collateral = Some s1 ->
  fair (lot - bought s1) (target - paid s1) price w2 ->
  sale_at (lot - bought s1) (target - paid s1) price w2 min_left min_collateral = Some s2 ->
  sale_at lot target price (Z.min lot (w1 + w2)) min_left min_collateral = Some s ->
  bought s1 + bought s2 <= bought s.
Proof.
  intros * F1 P S1 F2 S2 S.
  pose proof (DUT_5_price _ _ _ _ _ _ _ F1 S1) as [A1 _]. pose proof (DUT_5_bought _ _ _ _ _ _ _ F1 S1) as B1.
  pose proof (DUT_5_price _ _ _ _ _ _ _ F2 S2) as [A2 _]. pose proof (DUT_5_bought _ _ _ _ _ _ _ F2 S2) as B2.
  pose proof (DUT_5_paid _ _ _ _ _ _ _ F1 S1) as C1. pose proof (DUT_5_paid _ _ _ _ _ _ _ F2 S2) as C2.
  pose proof (DUT_6_leaves _ _ _ _ _ _ _ F2 S2) as E2.
  set (w := Z.min lot (w1 + w2)) in *.
  assert (F : fair lot target price w) by (unfold fair in *; unfold w; lia).
  pose proof (DUT_5_price _ _ _ _ _ _ _ F S) as [A3 A4].
  pose proof (DUT_5_cost _ _ _ _ _ _ _ F1 S1) as D1. pose proof (DUT_5_cost _ _ _ _ _ _ _ F2 S2) as D2.
  destruct (Z.eq_dec (paid s) target) as [E | E].
  { assert ((bought s1 + bought s2) * price < (bought s + 1) * price) by (destruct A4; nia). nia. }
  assert (M : lot < w1 + w2 \/ w = w1 + w2) by (unfold w; lia). destruct M as [M | M].
  - (* All is wanted, and the target is not met: all is sold. *)
    assert (w = lot) as W by (unfold w; lia). rewrite W in *.
    destruct (DUT_6_all lot target price min_left min_collateral F) as [s' [S' [A | [_ A]]]];
      assert (s' = s) as -> by congruence; [contradiction | unfold fair in F2; lia].
  - apply (DUT_6_largest_amount _ _ _ _ _ _ _ (bought s1 + bought s2) F S).
    + rewrite M. lia.
    + unfold admissible. split; [nia |].
      destruct E2 as [E2 | [E2 | [E2 E3]]].
      * (* The second met the target: then the sum would have. *)
        exfalso. apply E. assert (target <= w * price) by nia.
        destruct F as (L & T & _ & W). clear - S H L T P W. sale_cases S; lia.
      * right. left. lia.
      * right. right. split; [nia | lia].
Qed.
