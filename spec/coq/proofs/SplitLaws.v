(** How the debt is shared among the assets of one seizure: nothing is lost, and nobody is a whole share off. *)

From Coq Require Import ZArith Lia List Bool Permutation.
From Knockdown.model Require Import Fixed Terms Event Position Seizure.
From Knockdown.proofs Require Import FixedLaws.
Import ListNotations.
Open Scope Z_scope.

(** ** Sums *)

Lemma sum_cons : forall n ns, sum (n :: ns) = n + sum ns.
Proof. reflexivity. Qed.

Lemma sum_snoc : forall ns n, sum (ns ++ [n]) = sum ns + n.
Proof. unfold sum. induction ns; intros; cbn in *; [lia |]. rewrite IHns. lia. Qed.

Lemma sum_perm : forall ns ms, Permutation ns ms -> sum ns = sum ms.
Proof. intros ns ms P. induction P; rewrite ?sum_cons in *; lia. Qed.

Lemma sum_le : forall {A : Type} (f g : A -> Z) xs, (forall x, In x xs -> f x <= g x) ->
  sum (map f xs) <= sum (map g xs).
Proof.
  intros A f g xs. induction xs as [| x xs IH]; intros H; [cbn; lia |]. cbn [map]. rewrite !sum_cons.
  specialize (IH (fun y I => H y (or_intror I))). specialize (H x (or_introl eq_refl)). lia.
Qed.

Lemma sum_lt : forall {A : Type} (f g : A -> Z) xs x, (forall y, In y xs -> f y <= g y) -> In x xs -> f x < g x ->
  sum (map f xs) < sum (map g xs).
Proof.
  intros A f g xs. induction xs as [| y xs IH]; intros x H I L; [destruct I |]. cbn [map]. rewrite !sum_cons.
  pose proof (H y (or_introl eq_refl)). destruct I as [-> | I].
  - pose proof (sum_le f g xs (fun z J => H z (or_intror J))). lia.
  - specialize (IH x (fun z J => H z (or_intror J)) I L). lia.
Qed.

Lemma sum_nonneg : forall ns, (forall n, In n ns -> 0 <= n) -> 0 <= sum ns.
Proof.
  induction ns as [| n ns IH]; intros H; [cbn; lia |]. rewrite sum_cons.
  specialize (IH (fun m I => H m (or_intror I))). specialize (H n (or_introl eq_refl)). lia.
Qed.

Lemma sum_plus : forall {A : Type} (f g : A -> Z) xs, sum (map (fun x => f x + g x) xs) = sum (map f xs) + sum (map g xs).
Proof. intros. unfold sum. induction xs; cbn in *; lia. Qed.

Lemma sum_times : forall {A : Type} (f : A -> Z) k xs, sum (map (fun x => k * f x) xs) = k * sum (map f xs).
Proof. intros. unfold sum. induction xs; cbn in *; lia. Qed.

Lemma map_nth_seq : forall {A B : Type} (f : A -> B) (xs : list A) e,
  map (fun i => nth i (map f xs) e) (seq 0 (length xs)) = map f xs.
Proof.
  intros A B f xs e. induction xs as [| x xs IH]; [reflexivity |]. cbn [length seq map nth]. f_equal.
  rewrite <- seq_shift, map_map. exact IH.
Qed.

Lemma nth_map_in : forall {A : Type} (f : A -> Z) (xs : list A) d i, (i < length xs)%nat ->
  nth i (map f xs) 0 = f (nth i xs d).
Proof. intros. rewrite <- (map_nth f). apply nth_indep. now rewrite map_length. Qed.

(** ** The order of the remainders *)

(** One remainder comes before another: it is larger, or as large and listed earlier. *)
Definition precedes (overs : list Z) (j i : nat) : bool :=
  (nth i overs 0 <? nth j overs 0) || ((nth j overs 0 =? nth i overs 0) && (j <? i)%nat).

Lemma precedes_iff : forall overs j i, precedes overs j i = true <->
  nth i overs 0 < nth j overs 0 \/ (nth j overs 0 = nth i overs 0 /\ (j < i)%nat).
Proof. intros. unfold precedes. rewrite orb_true_iff, andb_true_iff, Z.ltb_lt, Z.eqb_eq, Nat.ltb_lt. reflexivity. Qed.

Definition one_if (b : bool) : Z := if b then 1 else 0.

Lemma before_is : forall overs i, before overs i = sum (map (fun j => one_if (precedes overs j i)) (seq 0 (length overs))).
Proof. reflexivity. Qed.

Lemma before_less : forall overs i j, (j < length overs)%nat -> precedes overs j i = true ->
  before overs j < before overs i.
Proof.
  intros overs i j L P. rewrite !before_is. apply sum_lt with (x := j).
  - intros k _. destruct (precedes overs k j) eqn:E; cbn; [| destruct (precedes overs k i); cbn; lia].
    enough (precedes overs k i = true) as -> by (cbn; lia).
    apply precedes_iff. apply precedes_iff in E, P. lia.
  - apply in_seq. lia.
  - rewrite P. enough (precedes overs j j = false) as -> by (cbn; lia).
    destruct (precedes overs j j) eqn:E; [| reflexivity]. apply precedes_iff in E. lia.
Qed.

Lemma before_within : forall overs i, (i < length overs)%nat -> 0 <= before overs i < Z.of_nat (length overs).
Proof.
  intros overs i L. rewrite before_is. split.
  - apply sum_nonneg. intros n I. apply in_map_iff in I. destruct I as [j [<- _]]. destruct (precedes overs j i); cbn; lia.
  - replace (Z.of_nat (length overs)) with (sum (map (fun _ : nat => 1) (seq 0 (length overs)))).
    + apply sum_lt with (x := i).
      * intros j _. destruct (precedes overs j i); cbn; lia.
      * apply in_seq. lia.
      * enough (precedes overs i i = false) as -> by (cbn; lia).
        destruct (precedes overs i i) eqn:E; [| reflexivity]. apply precedes_iff in E. lia.
    + clear. generalize 0%nat. induction (length overs) as [| n IH]; intros k; [reflexivity |].
      cbn [seq map]. rewrite sum_cons, IH. lia.
Qed.

Lemma before_apart : forall overs i j, (i < length overs)%nat -> (j < length overs)%nat ->
  before overs i = before overs j -> i = j.
Proof.
  intros overs i j I J E. destruct (Nat.eq_dec i j) as [| D]; [assumption |]. exfalso.
  destruct (precedes overs i j) eqn:P; [pose proof (before_less overs j i I P); lia |].
  destruct (precedes overs j i) eqn:Q; [pose proof (before_less overs i j J Q); lia |].
  assert (~ precedes overs i j = true) as P' by congruence. assert (~ precedes overs j i = true) as Q' by congruence.
  rewrite precedes_iff in P', Q'. lia.
Qed.

Lemma NoDup_image : forall {A B : Type} (f : A -> B) xs, NoDup xs ->
  (forall a b, In a xs -> In b xs -> f a = f b -> a = b) -> NoDup (map f xs).
Proof.
  intros A B f xs N. induction N as [| x xs X N IH]; intros H; [constructor |]. cbn. constructor.
  - intros I. apply in_map_iff in I. destruct I as [y [E Y]]. apply X.
    rewrite (H x y (or_introl eq_refl) (or_intror Y) (eq_sym E)). exact Y.
  - apply IH. intros a b I J. apply H; now right.
Qed.

(** As many remainders are among the first so many as that. *)
Lemma first_ones : forall overs left, 0 <= left <= Z.of_nat (length overs) ->
  sum (map (fun i => one_if (before overs i <? left)) (seq 0 (length overs))) = left.
Proof.
  intros overs left L. set (n := length overs) in *.
  assert (P : Permutation (map (fun i => Z.to_nat (before overs i)) (seq 0 n)) (seq 0 n)).
  { apply NoDup_Permutation_bis.
    - apply NoDup_image; [apply seq_NoDup |]. intros a b A B E. apply in_seq in A, B.
      apply (before_apart overs); try (unfold n in *; lia).
      pose proof (before_within overs a ltac:(unfold n in *; lia)).
      pose proof (before_within overs b ltac:(unfold n in *; lia)). lia.
    - now rewrite map_length, seq_length.
    - intros k I. apply in_map_iff in I. destruct I as [i [<- I]]. apply in_seq in I.
      pose proof (before_within overs i ltac:(unfold n in *; lia)). apply in_seq. unfold n. lia. }
  apply (Permutation_map (fun k => one_if (Z.of_nat k <? left))) in P. apply sum_perm in P. rewrite map_map in P.
  transitivity (sum (map (fun x => one_if (Z.of_nat (Z.to_nat (before overs x)) <? left)) (seq 0 n))).
  - f_equal. apply map_ext_in. intros i I. apply in_seq in I.
    pose proof (before_within overs i ltac:(unfold n in *; lia)). now rewrite Z2Nat.id by lia.
  - rewrite P. clearbody n. clear - L.
    enough (H : sum (map (fun k => one_if (Z.of_nat k <? left)) (seq 0 n)) = Z.min left (Z.of_nat n)) by lia.
    induction n as [| n IH]; [cbn; lia |].
    destruct (Z.le_gt_cases left (Z.of_nat n)).
    + rewrite seq_S, map_app. cbn [map]. rewrite sum_snoc, IH by lia. cbn [one_if].
      replace (Z.of_nat (0 + n) <? left) with false by (symmetry; apply Z.ltb_ge; lia). cbn. lia.
    + assert (A : forall m, (m <= n)%nat -> sum (map (fun k => one_if (Z.of_nat k <? left)) (seq 0 m)) = Z.of_nat m).
      { induction m as [| m IHm]; intros M; [reflexivity |]. rewrite seq_S, map_app. cbn [map].
        rewrite sum_snoc, IHm by lia. replace (Z.of_nat (0 + m) <? left) with true by (symmetry; apply Z.ltb_lt; lia).
        cbn. lia. }
      rewrite seq_S, map_app. cbn [map]. rewrite sum_snoc, A by lia.
      replace (Z.of_nat (0 + n) <? left) with true by (symmetry; apply Z.ltb_lt; lia). cbn. lia.
Qed.

(** Whatever leaves no remainder comes after all that leave one. *)
Lemma zero_last : forall overs i, (forall n, In n overs -> 0 <= n) -> (i < length overs)%nat -> nth i overs 0 = 0 ->
  sum (map (fun over => one_if (0 <? over)) overs) <= before overs i.
Proof.
  intros overs i N L E. rewrite before_is.
  replace (map (fun over => one_if (0 <? over)) overs)
    with (map (fun j => one_if (0 <? nth j overs 0)) (seq 0 (length overs))).
  - apply sum_le. intros j J. apply in_seq in J. unfold precedes. rewrite E.
    destruct (0 <? nth j overs 0); cbn [orb one_if]; [lia |]. destruct (_ && _); cbn; lia.
  - pose proof (map_nth_seq (fun over => one_if (0 <? over)) overs 0) as M.
    rewrite <- M at 1. apply map_ext_in. intros j J. apply in_seq in J.
    symmetry. now rewrite (nth_map_in _ _ 0) by lia.
Qed.

(** ** By weight *)

Section ByWeight.
  Variables (whole : Z) (weights : list Z).
  Hypothesis (W : 0 <= whole) (N : forall weight, In weight weights -> 0 <= weight) (T : 0 < sum weights).

  Let total := sum weights.
  Let floors := map (fun weight => whole * weight / total) weights.
  Let overs := map (fun weight => (whole * weight) mod total) weights.
  Let left := whole - sum floors.

  Lemma parts_are : split_by_weight whole weights =
    map (fun i => nth i floors 0 + one_if (before overs i <? left)) (seq 0 (length weights)).
  Proof. unfold split_by_weight. replace (sum weights =? 0) with false by lia. reflexivity. Qed.

  Lemma left_is : left * total = sum overs.
  Proof.
    assert (E : sum (map (fun weight => total * (whole * weight / total) + (whole * weight) mod total) weights)
                = sum (map (fun weight => whole * weight) weights)).
    { f_equal. apply map_ext. intros. symmetry. apply Z.div_mod. unfold total. lia. }
    rewrite sum_plus, sum_times in E. rewrite sum_times, map_id in E. unfold left, floors, overs, total in *. nia.
  Qed.

  Lemma overs_within : forall over, In over overs -> 0 <= over < total.
  Proof. intros over I. apply in_map_iff in I. destruct I as [x [<- _]]. apply Z.mod_pos_bound. unfold total. lia. Qed.

  Lemma left_at_most : 0 <= left <= sum (map (fun over => one_if (0 <? over)) overs).
  Proof.
    pose proof left_is as L. pose proof overs_within as O.
    assert (0 <= sum overs) by (apply sum_nonneg; intros n I; apply O in I; lia).
    assert (S : sum (map (fun over => over) overs) <= sum (map (fun over => total * one_if (0 <? over)) overs)).
    { apply sum_le. intros over I. apply O in I. destruct (Z.ltb_spec 0 over); cbn; lia. }
    rewrite sum_times, map_id in S. unfold total in *. nia.
  Qed.

  Lemma overs_length : length overs = length weights.
  Proof. apply map_length. Qed.

  Lemma ones_at_most : sum (map (fun over => one_if (0 <? over)) overs) <= Z.of_nat (length weights).
  Proof.
    rewrite <- overs_length. induction overs as [| x xs IH]; [cbn; lia |]. cbn [map length]. rewrite sum_cons.
    destruct (0 <? x); cbn [one_if]; lia.
  Qed.

  (** SEI-9: the parts of a whole, shared by weight, add up to it; *)
  Theorem SEI_9_adds_up : sum (split_by_weight whole weights) = whole.
  Proof.
    rewrite parts_are, sum_plus.
    pose proof (first_ones overs left) as F. rewrite overs_length in F.
    rewrite F by (pose proof left_at_most; pose proof ones_at_most; lia).
    unfold floors at 1. rewrite (map_nth_seq _ weights 0). fold floors. unfold left. lia.
  Qed.

  Theorem SEI_9_length : length (split_by_weight whole weights) = length weights.
  Proof. rewrite parts_are, map_length. apply seq_length. Qed.

  (** each is less than a whole unit off its exact share, above or below; *)
  Theorem SEI_9_exact : forall i, (i < length weights)%nat ->
    let part := nth i (split_by_weight whole weights) 0 in
    let weight := nth i weights 0 in
    whole * weight - total < part * total < whole * weight + total.
  Proof.
    intros i I part weight. unfold part. rewrite parts_are.
    assert (E : nth i (map (fun j => nth j floors 0 + one_if (before overs j <? left)) (seq 0 (length weights))) 0
                = nth i floors 0 + one_if (before overs i <? left)).
    { rewrite (nth_map_in _ _ 0%nat) by (rewrite seq_length; lia). rewrite seq_nth by lia. reflexivity. }
    rewrite E. unfold floors. rewrite (nth_map_in _ _ 0) by lia. fold weight.
    assert (O : nth i overs 0 = (whole * weight) mod total) by (unfold overs; now rewrite (nth_map_in _ _ 0) by lia).
    pose proof (Z.div_mod (whole * weight) total ltac:(unfold total; lia)) as D.
    pose proof (Z.mod_pos_bound (whole * weight) total ltac:(unfold total; lia)) as B.
    destruct (Z.ltb_spec (before overs i) left) as [L | L]; cbn [one_if]; [| nia].
    enough (0 < (whole * weight) mod total) by nia.
    destruct (Z.eq_dec ((whole * weight) mod total) 0) as [Z0 | Z0]; [exfalso | lia].
    pose proof (zero_last overs i (fun n J => proj1 (overs_within n J)) ltac:(rewrite overs_length; lia) ltac:(lia)).
    pose proof left_at_most. lia.
  Qed.

  (** none is below zero; *)
  Theorem SEI_9_nonneg : forall part, In part (split_by_weight whole weights) -> 0 <= part.
  Proof.
    intros part I. apply In_nth with (d := 0) in I. destruct I as [i [I <-]]. rewrite SEI_9_length in I.
    pose proof (SEI_9_exact i I) as E. cbn zeta in E. pose proof (N _ (nth_In weights 0 I)). unfold total in *. nia.
  Qed.

  (** and what weighs nothing takes nothing. *)
  Theorem SEI_9_nothing : forall i, (i < length weights)%nat -> nth i weights 0 = 0 ->
    nth i (split_by_weight whole weights) 0 = 0.
  Proof. intros i I E. pose proof (SEI_9_exact i I) as X. cbn zeta in X. rewrite E in X. unfold total in *. nia. Qed.
End ByWeight.

(** Where nothing weighs anything the first takes all. *)
Theorem SEI_9_no_weight : forall whole weight rest, sum (weight :: rest) = 0 ->
  split_by_weight whole (weight :: rest) = whole :: map (fun _ => 0) rest.
Proof. intros. unfold split_by_weight. now rewrite H. Qed.

(** ** In order *)

(** SEI-10: the parts of a whole, taken in order, add up to it, *)
Theorem SEI_10_adds_up : forall covers whole, covers <> [] -> sum (split_in_order whole covers) = whole.
Proof.
  induction covers as [| cover rest IH]; intros whole C; [contradiction |].
  destruct rest as [| next rest]; [cbn; lia |].
  change (split_in_order whole (cover :: next :: rest))
    with (Z.min whole cover :: split_in_order (whole - Z.min whole cover) (next :: rest)).
  rewrite sum_cons, IH by discriminate. lia.
Qed.

Theorem SEI_10_length : forall covers whole, length (split_in_order whole covers) = length covers.
Proof.
  induction covers as [| cover rest IH]; intros whole; [reflexivity |]. destruct rest; [reflexivity |].
  change (length (split_in_order whole (cover :: z :: rest)))
    with (S (length (split_in_order (whole - Z.min whole cover) (z :: rest)))). now rewrite IH.
Qed.

(** each but the last is at most what its asset covers, *)
Theorem SEI_10_covered : forall covers whole i, (S i < length covers)%nat ->
  nth i (split_in_order whole covers) 0 <= nth i covers 0.
Proof.
  induction covers as [| cover rest IH]; intros whole i L; [cbn in L; lia |].
  destruct rest as [| next rest]; [cbn in L; lia |].
  change (split_in_order whole (cover :: next :: rest))
    with (Z.min whole cover :: split_in_order (whole - Z.min whole cover) (next :: rest)).
  destruct i as [| i]; [cbn; lia |]. cbn [nth]. apply IH. cbn in L |- *. lia.
Qed.

(** and none is below zero. *)
Theorem SEI_10_nonneg : forall covers whole, 0 <= whole -> (forall cover, In cover covers -> 0 <= cover) ->
  forall part, In part (split_in_order whole covers) -> 0 <= part.
Proof.
  induction covers as [| cover rest IH]; intros whole W C part I; [destruct I |].
  destruct rest as [| next rest]; [destruct I as [<- | []]; exact W |].
  change (split_in_order whole (cover :: next :: rest))
    with (Z.min whole cover :: split_in_order (whole - Z.min whole cover) (next :: rest)) in I.
  pose proof (C cover (or_introl eq_refl)). destruct I as [<- | I]; [lia |].
  apply (IH (whole - Z.min whole cover)); [lia | | exact I]. intros c J. apply C. now right.
Qed.
