(** What is proved of [Fixed]: rounding and widths. *)

From Coq Require Import ZArith Lia List Bool.
From Knockdown.model Require Import Fixed.
Import ListNotations.
Open Scope Z_scope.

(** FIX-1: [Floor] is the greatest whole number not above the quotient, *)
Theorem FIX_1_floor : forall x y d, 0 < d ->
  mul_div x y d Floor * d <= x * y < (mul_div x y d Floor + 1) * d.
Proof.
  intros. unfold mul_div, divide.
  pose proof (Z.div_mod (x * y) d). pose proof (Z.mod_pos_bound (x * y) d). nia.
Qed.

(** and [Ceil] the least not below it. *)
Theorem FIX_1_ceil : forall x y d, 0 < d ->
  (mul_div x y d Ceil - 1) * d < x * y <= mul_div x y d Ceil * d.
Proof.
  intros. unfold mul_div, divide.
  pose proof (Z.div_mod (- (x * y)) d). pose proof (Z.mod_pos_bound (- (x * y)) d). nia.
Qed.

(** FIX-2: [HalfUp] is the nearest whole number, and of two as near the upper. *)
Theorem FIX_2_half_up : forall x y d, 0 < d ->
  let q := mul_div x y d HalfUp in - d < 2 * (q * d - x * y) <= d.
Proof.
  intros. unfold q, mul_div, divide. clear q.
  pose proof (Z.div_mod (2 * (x * y) + d) (2 * d)).
  pose proof (Z.mod_pos_bound (2 * (x * y) + d) (2 * d)). nia.
Qed.

(** [HalfEven] is the nearest, and of two as near the even one. *)
Theorem FIX_2_half_even : forall x y d, 0 < d ->
  let q := mul_div x y d HalfEven in
  - d <= 2 * (q * d - x * y) <= d /\ (2 * Z.abs (q * d - x * y) = d -> q mod 2 = 0).
Proof.
  intros x y d Hd q. unfold q, mul_div, divide. clear q. set (n := x * y).
  pose proof (Z.div_mod n d ltac:(lia)) as Hn. pose proof (Z.mod_pos_bound n d Hd) as Hr.
  set (f := n / d) in *. set (r := n mod d) in *.
  pose proof (Z.mod_pos_bound f 2 ltac:(lia)) as Hb.
  assert (E : (2 * n + d - 1 + f mod 2) / (2 * d) = f + (2 * r + d - 1 + f mod 2) / (2 * d)).
  { rewrite <- Z.div_add_l by lia. f_equal. lia. }
  rewrite E.
  pose proof (Z.div_mod f 2 ltac:(lia)) as Hf.
  destruct (Z_lt_le_dec (2 * r + d - 1 + f mod 2) (2 * d)) as [L | L].
  - rewrite (Z.div_small _ (2 * d)) by lia. rewrite Z.add_0_r. split; [nia |].
    intros T. assert (2 * r = d) by nia. assert (f mod 2 = 0) by lia. assumption.
  - assert (O : (2 * r + d - 1 + f mod 2) / (2 * d) = 1).
    { symmetry. apply Z.div_unique with (2 * r + d - 1 + f mod 2 - 2 * d); lia. }
    rewrite O. split; [nia |].
    intros T. assert (2 * r = d) by nia. assert (f mod 2 = 1) by lia.
    rewrite Z.add_mod by lia. rewrite H0. reflexivity.
Qed.

(** ** One multiplication *)

Lemma RAY_pos : 0 < RAY. Proof. reflexivity. Qed.
Lemma HALF_twice : RAY = 2 * HALF_RAY. Proof. reflexivity. Qed.
Lemma WAD_pos : 0 < WAD. Proof. reflexivity. Qed.

Global Opaque RAY HALF_RAY WAD.

Lemma times_half_up : forall a b, times a b = mul_div a b RAY HalfUp.
Proof.
  intros. unfold times, mul_div, divide.
  pose proof RAY_pos. rewrite HALF_twice.
  replace (2 * (a * b) + 2 * HALF_RAY) with (2 * (a * b + HALF_RAY)) by lia.
  rewrite Z.div_mul_cancel_l by (rewrite <- ?HALF_twice; lia). reflexivity.
Qed.

Lemma times_one : forall a, times a RAY = a.
Proof.
  intros. unfold times. pose proof RAY_pos. pose proof HALF_twice.
  rewrite Z.div_add_l by lia. rewrite Z.div_small by lia. lia.
Qed.

Lemma times_comm : forall a b, times a b = times b a.
Proof. intros. unfold times. now rewrite (Z.mul_comm a b). Qed.

Lemma times_zero : forall a, times a 0 = 0.
Proof.
  intros. unfold times. pose proof RAY_pos. pose proof HALF_twice.
  rewrite Z.mul_0_r. apply Z.div_small. lia.
Qed.

Lemma times_mono : forall a b c, 0 <= c -> a <= b -> times a c <= times b c.
Proof. intros. unfold times. apply Z.div_le_mono. apply RAY_pos. nia. Qed.

Lemma times_nonneg : forall a b, 0 <= a -> 0 <= b -> 0 <= times a b.
Proof. intros. unfold times. pose proof RAY_pos. pose proof HALF_twice. apply Z.div_pos; nia. Qed.

Lemma times_share : forall a s, 0 <= a -> 0 <= s <= RAY -> times a s <= a.
Proof.
  intros. rewrite <- (times_one a) at 2. rewrite (times_comm a s), (times_comm a RAY).
  apply times_mono; lia.
Qed.

(** FIX-5: a word holds zero to 2^256 - 1 and no other number; without bound every number fits. *)
Theorem FIX_5_word : forall n, fits Uint256 n = true <-> 0 <= n <= MAX_UINT256.
Proof. intros. cbn [fits]. rewrite andb_true_iff, !Z.leb_le. reflexivity. Qed.

Theorem FIX_5_unbounded : forall n, fits Unbounded n = true.
Proof. reflexivity. Qed.

(** FIX-6: an instant that a rule forms is the sum, within what the clock of the width shows. *)
Theorem FIX_6 : forall w at_ duration t, later w at_ duration = Some t <->
  t = at_ + duration /\ 0 <= t <= last_second w.
Proof.
  intros. unfold later. destruct ((0 <=? at_ + duration) && (at_ + duration <=? last_second w)) eqn:E.
  - apply andb_true_iff in E. rewrite !Z.leb_le in E. split; [intros [= <-]; lia | intros [-> _]; reflexivity].
  - apply andb_false_iff in E. rewrite !Z.leb_gt in E. split; [discriminate | intros [-> H]; lia].
Qed.
