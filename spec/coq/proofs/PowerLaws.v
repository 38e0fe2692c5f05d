(** What is proved of powers: FIX-3, FIX-4. *)

From Coq Require Import ZArith Lia List Bool.
From Knockdown.model Require Import Fixed.
From Knockdown.proofs Require Import FixedLaws.
Import ListNotations.
Open Scope Z_scope.

(** The lowest [k] bits of a number, the lowest first. *)
Definition bits (k : nat) (n : Z) : list bool := map (fun i => Z.testbit n (Z.of_nat i)) (seq 0 k).

(** What powering does, bit by bit, with nothing left out and nothing checked. *)
Fixpoint by_bits (square : Z) (bs : list bool) (result : Z) : Z :=
  match bs with
  | [] => result
  | b :: rest => by_bits (times square square) rest (if b then times result square else result)
  end.

Lemma bits_S : forall k n, 0 <= n -> bits (S k) n = Z.odd n :: bits k (n / 2).
Proof.
  intros. unfold bits. cbn [seq map]. rewrite Z.bit0_odd. f_equal.
  rewrite <- seq_shift, map_map. apply map_ext. intros i.
  rewrite <- Z.div2_div, Z.div2_spec, Z.shiftr_spec by lia. f_equal. lia.
Qed.

Lemma bits_zero : forall k s r, by_bits s (bits k 0) r = r.
Proof.
  induction k; intros; [reflexivity |]. rewrite bits_S by lia. cbn [by_bits Z.odd].
  replace (0 / 2) with 0 by reflexivity. apply IHk.
Qed.

Lemma by_bits_one : forall bs r, by_bits RAY bs r = r.
Proof. induction bs; intros; cbn; [reflexivity |]. rewrite times_one. destruct a; rewrite ?times_one; apply IHbs. Qed.

Lemma by_bits_result_zero : forall bs s, by_bits s bs 0 = 0.
Proof.
  induction bs; intros; cbn; [reflexivity |].
  destruct a; rewrite ?(times_comm 0), ?times_zero; apply IHbs.
Qed.

Lemma by_bits_zero : forall k n r, 0 < n < 2 ^ Z.of_nat k -> by_bits 0 (bits k n) r = 0.
Proof.
  induction k; intros n r H.
  - cbn in H. lia.
  - rewrite bits_S by lia. cbn [by_bits]. rewrite times_zero.
    destruct (Z.odd n) eqn:O.
    + rewrite times_zero. apply by_bits_result_zero.
    + apply IHk. pose proof (Z.div2_odd n) as D. rewrite O, Z.div2_div in D. change (Z.b2z false) with 0 in D. rewrite Nat2Z.inj_succ, Z.pow_succ_r in H by lia. lia.
Qed.

Lemma power_bits : forall n k s r v, Zpos n < 2 ^ Z.of_nat k ->
  power s n r = Some v -> v = by_bits (times s s) (bits k (Zpos n)) r.
Proof.
  induction n; intros k s r v K; cbn [power];
    (destruct (s =? RAY) eqn:E1;
      [apply Z.eqb_eq in E1; subst s; intros [= <-]; now rewrite times_one, by_bits_one |]);
    (destruct (s =? 0) eqn:E0;
      [apply Z.eqb_eq in E0; subst s; intros [= <-]; rewrite times_zero; symmetry; apply by_bits_zero; lia |]);
    destruct (LARGEST <? s * s); try discriminate.
  - destruct (LARGEST <? r * times s s); try discriminate.
    destruct k as [| k]; [cbn in K; lia |]. rewrite bits_S by lia.
    replace (Z.odd (Z.pos n~1)) with true by reflexivity.
    replace (Z.pos n~1 / 2) with (Zpos n) by (rewrite <- Z.div2_div; reflexivity).
    cbn [by_bits]. apply IHn.
    rewrite Nat2Z.inj_succ, Z.pow_succ_r in K by lia. lia.
  - destruct k as [| k]; [cbn in K; lia |]. rewrite bits_S by lia.
    replace (Z.odd (Z.pos n~0)) with false by reflexivity.
    replace (Z.pos n~0 / 2) with (Zpos n) by (rewrite <- Z.div2_div; reflexivity).
    cbn [by_bits]. apply IHn.
    rewrite Nat2Z.inj_succ, Z.pow_succ_r in K by lia. lia.
  - destruct (LARGEST <? r * times s s); try discriminate. intros [= <-].
    destruct k as [| k]; [cbn in K; lia |]. rewrite bits_S by lia.
    replace (1 / 2) with 0 by reflexivity. cbn [Z.odd by_bits]. now rewrite bits_zero.
Qed.

(** The power by its highest bit: what FIX-3 says. *)
Fixpoint squared (x : Z) (k : nat) : Z :=
  match k with O => x | S j => times (squared x j) (squared x j) end.

Fixpoint by_top (x : Z) (k : nat) (n : Z) : Z :=
  match k with
  | O => RAY
  | S j => if n <? 2 ^ Z.of_nat j then by_top x j n else times (by_top x j (n - 2 ^ Z.of_nat j)) (squared x j)
  end.

Lemma squared_S : forall k x, squared x (S k) = squared (times x x) k.
Proof. induction k; intros; [reflexivity |]. cbn [squared] in *. now rewrite IHk. Qed.

Lemma by_bits_snoc : forall bs b s r,
  by_bits s (bs ++ [b]) r =
  if b then times (by_bits s bs r) (squared s (length bs)) else by_bits s bs r.
Proof.
  induction bs; intros; [reflexivity |].
  cbn [app by_bits length]. rewrite IHbs, squared_S. reflexivity.
Qed.

Lemma bits_snoc : forall k n, bits (S k) n = bits k n ++ [Z.testbit n (Z.of_nat k)].
Proof. intros. unfold bits. rewrite seq_S, map_app. reflexivity. Qed.

Lemma bits_low : forall k n, 0 <= n -> bits k (n - 2 ^ Z.of_nat k) = bits k n.
Proof.
  intros. unfold bits. apply map_ext_in. intros i I. apply in_seq in I.
  rewrite <- (Z.mod_pow2_bits_low n (Z.of_nat k)) by lia.
  rewrite <- (Z.mod_pow2_bits_low (n - 2 ^ Z.of_nat k) (Z.of_nat k)) by lia.
  f_equal. replace (n - 2 ^ Z.of_nat k) with (n + (-1) * 2 ^ Z.of_nat k) by lia.
  apply Z.mod_add. apply Z.pow_nonzero; lia.
Qed.

Lemma by_bits_top : forall k x n, 0 <= n < 2 ^ Z.of_nat k -> by_bits x (bits k n) RAY = by_top x k n.
Proof.
  induction k; intros x n H; [reflexivity |].
  rewrite bits_snoc, by_bits_snoc. cbn [by_top].
  assert (L : length (bits k n) = k) by (unfold bits; now rewrite map_length, seq_length).
  rewrite L. rewrite Nat2Z.inj_succ, Z.pow_succ_r in H by lia.
  destruct (n <? 2 ^ Z.of_nat k) eqn:E.
  - apply Z.ltb_lt in E.
    assert (Z.testbit n (Z.of_nat k) = false) as ->.
    { destruct (Z.eq_dec n 0) as [-> | N]; [apply Z.testbit_0_l |].
      apply Z.bits_above_log2; [lia |]. apply Z.log2_lt_pow2; lia. }
    apply IHk. lia.
  - apply Z.ltb_ge in E.
    assert (Z.testbit n (Z.of_nat k) = true) as ->.
    { assert (Z.log2 n = Z.of_nat k) as <- by (apply Z.log2_unique; rewrite ?Z.pow_succ_r; lia).
      apply Z.bit_log2. lia. }
    f_equal. rewrite <- bits_low by lia. apply IHk. lia.
Qed.

Lemma by_top_zero : forall k x, by_top x k 0 = RAY.
Proof.
  induction k; intros; [reflexivity |]. cbn [by_top].
  replace (0 <? 2 ^ Z.of_nat k) with true; [apply IHk |].
  symmetry. apply Z.ltb_lt. apply Z.pow_pos_nonneg; lia.
Qed.

(** What [rpow] gives is the power by its highest bit, for any number of bits that hold the exponent. *)
Lemma rpow_top : forall x n k v, n < 2 ^ Z.of_nat k -> rpow x n = Some v -> v = by_top x k n.
Proof.
  intros x n k v K. unfold rpow.
  destruct ((x <? 0) || (n <? 0)) eqn:G; [discriminate |].
  apply orb_false_iff in G. destruct G as [_ G]. apply Z.ltb_ge in G.
  rewrite <- by_bits_top by lia.
  destruct k as [| k].
  { cbn in K. assert (n = 0) as -> by lia. now intros [= <-]. }
  rewrite bits_S by lia. cbn [by_bits]. rewrite (times_comm RAY), times_one.
  pose proof (Z.div2_odd n) as D. rewrite Z.div2_div in D.
  rewrite Nat2Z.inj_succ, Z.pow_succ_r in K by lia.
  assert (N : n / 2 < 2 ^ Z.of_nat k) by (destruct (Z.odd n); unfold Z.b2z in D; lia).
  destruct (n / 2) eqn:Q.
  - intros [= <-]. now rewrite bits_zero.
  - intros P. eapply power_bits; eassumption.
  - destruct (Z.odd n); unfold Z.b2z in D; lia.
Qed.

(** The exponent's bits: as many as hold it. *)
Lemma enough_bits : forall n, 0 <= n -> exists k, n < 2 ^ Z.of_nat k.
Proof.
  intros. exists (Z.to_nat n). rewrite Z2Nat.id by lia. apply Z.pow_gt_lin_r; lia.
Qed.

(** FIX-3: to the power of nothing a number is one, for zero too, *)
Theorem FIX_3_zero : forall x, 0 <= x -> rpow x 0 = Some RAY.
Proof. intros. unfold rpow. replace (x <? 0) with false by lia. reflexivity. Qed.

(** to the power of one it is itself, *)
Theorem FIX_3_one : forall x, 0 <= x -> rpow x 1 = Some x.
Proof. intros. unfold rpow. replace (x <? 0) with false by lia. reflexivity. Qed.

(** doubling a power of two squares, rounded half up, *)
Theorem FIX_3_double : forall x k v w, rpow x (2 ^ Z.of_nat k) = Some v -> rpow x (2 * 2 ^ Z.of_nat k) = Some w ->
  w = mul_div v v RAY HalfUp.
Proof.
  intros x k v w V W. rewrite <- Z.pow_succ_r in W by lia. rewrite <- Nat2Z.inj_succ in W.
  assert (T : forall j u, rpow x (2 ^ Z.of_nat j) = Some u -> u = squared x j).
  { intros j u U. apply rpow_top with (k := S j) in U; [| apply Z.pow_lt_mono_r; lia].
    cbn [by_top] in U. rewrite Z.ltb_irrefl, Z.sub_diag in U.
    rewrite by_top_zero, times_comm, times_one in U. exact U. }
  rewrite (T _ _ W), (T _ _ V), <- times_half_up. reflexivity.
Qed.

(** and a rest below a power of two is multiplied by that power, rounded half up. *)
Theorem FIX_3_add : forall x k r u v w, 0 < r < 2 ^ Z.of_nat k ->
  rpow x r = Some u -> rpow x (2 ^ Z.of_nat k) = Some v -> rpow x (2 ^ Z.of_nat k + r) = Some w ->
  w = mul_div u v RAY HalfUp.
Proof.
  intros x k r u v w R U V W.
  assert (P : 2 ^ Z.of_nat (S k) = 2 * 2 ^ Z.of_nat k) by (rewrite Nat2Z.inj_succ, Z.pow_succ_r; lia).
  apply rpow_top with (k := k) in U; [| lia].
  apply rpow_top with (k := S k) in V; [| lia].
  apply rpow_top with (k := S k) in W; [| lia].
  cbn [by_top] in V, W.
  replace (2 ^ Z.of_nat k + r <? 2 ^ Z.of_nat k) with false in W by (symmetry; apply Z.ltb_ge; lia).
  rewrite Z.ltb_irrefl, Z.sub_diag in V.
  replace (2 ^ Z.of_nat k + r - 2 ^ Z.of_nat k) with r in W by lia.
  rewrite by_top_zero, times_comm, times_one in V. rewrite <- times_half_up. congruence.
Qed.

(** There is no power of a number below zero, nor to one. *)
Theorem FIX_3_none : forall x n, x < 0 \/ n < 0 -> rpow x n = None.
Proof.
  intros x n H. unfold rpow. replace ((x <? 0) || (n <? 0)) with true; [reflexivity |].
  symmetry. apply orb_true_iff. destruct H; [left | right]; now apply Z.ltb_lt.
Qed.

Lemma LARGEST_holds : RAY * RAY <= LARGEST.
Proof. Transparent RAY HALF_RAY. unfold LARGEST, MAX_UINT256, RAY, HALF_RAY. Opaque RAY HALF_RAY. lia. Qed.

Lemma power_share : forall n s r, 0 <= s <= RAY -> 0 <= r <= RAY ->
  exists v, power s n r = Some v /\ 0 <= v <= RAY.
Proof.
  induction n; intros s r S R; cbn [power];
    (destruct (s =? RAY); [eauto |]); (destruct (s =? 0); [exists 0; split; [reflexivity | lia] |]);
    pose proof LARGEST_holds;
    replace (LARGEST <? s * s) with false by (symmetry; apply Z.ltb_ge; nia);
    assert (0 <= times s s <= RAY)
      by (split; [apply times_nonneg; lia | etransitivity; [apply times_share; lia | lia]]);
    assert (0 <= times r (times s s) <= RAY)
      by (split; [apply times_nonneg; lia | etransitivity; [apply times_share; lia | lia]]).
  - replace (LARGEST <? r * times s s) with false by (symmetry; apply Z.ltb_ge; nia). apply IHn; assumption.
  - apply IHn; assumption.
  - replace (LARGEST <? r * times s s) with false by (symmetry; apply Z.ltb_ge; nia). eauto.
Qed.

(** A share has every power, and it is a share. *)
Theorem FIX_3_share : forall x n, 0 <= x <= RAY -> 0 <= n -> exists v, rpow x n = Some v /\ 0 <= v <= RAY.
Proof.
  intros x n X N. unfold rpow. replace (x <? 0) with false by lia. replace (n <? 0) with false by lia. cbn [orb].
  pose proof RAY_pos.
  assert (0 <= (if Z.odd n then x else RAY) <= RAY) by (destruct (Z.odd n); lia).
  destruct (n / 2); eauto using power_share.
Qed.

Lemma squared_share : forall k x, 0 <= x <= RAY -> 0 <= squared x k <= RAY.
Proof.
  induction k; intros; cbn; [assumption |]. specialize (IHk x H).
  split; [apply times_nonneg; lia | etransitivity; [apply times_share; lia | lia]].
Qed.

Lemma by_top_share : forall k x n, 0 <= x <= RAY -> 0 <= by_top x k n <= RAY.
Proof.
  pose proof RAY_pos. induction k; intros; cbn; [lia |]. destruct (n <? _); [auto |].
  specialize (IHk x (n - 2 ^ Z.of_nat k) H0). pose proof (squared_share k x H0).
  split; [apply times_nonneg; lia | etransitivity; [apply times_share; lia | lia]].
Qed.

(** Rounding keeps order, so the claim for so many bits follows from the claim for one fewer. *)
Lemma by_top_falls : forall k x n, 0 <= x <= RAY -> 0 <= n -> n + 1 < 2 ^ Z.of_nat k ->
  by_top x k (n + 1) <= by_top x k n.
Proof.
  induction k; intros x n X N K; [cbn in K; lia |].
  rewrite Nat2Z.inj_succ, Z.pow_succ_r in K by lia. cbn [by_top].
  set (p := 2 ^ Z.of_nat k) in *. pose proof (squared_share k x X) as Q.
  destruct (n + 1 <? p) eqn:A; destruct (n <? p) eqn:B;
    rewrite ?Z.ltb_lt, ?Z.ltb_ge in A, B; try lia.
  - apply IHk; lia.
  - (* From all bits below to the next power of two alone. *)
    assert (n = p - 1) as -> by lia. replace (p - 1 + 1 - p) with 0 by lia.
    rewrite by_top_zero, times_comm, times_one.
    (* That power is the square of half of it; all the bits below are one fewer times that half. *)
    destruct k as [| k]; [cbn [by_top squared]; lia |].
    assert (P : p = 2 * 2 ^ Z.of_nat k) by (unfold p; rewrite Nat2Z.inj_succ, Z.pow_succ_r; lia).
    pose proof (Z.pow_pos_nonneg 2 (Z.of_nat k) ltac:(lia) ltac:(lia)).
    cbn [by_top squared]. replace (p - 1 <? 2 ^ Z.of_nat k) with false by (symmetry; apply Z.ltb_ge; lia).
    pose proof (squared_share k x X).
    apply times_mono; [lia |].
    (* The half itself, against all bits below it. *)
    replace (p - 1 - 2 ^ Z.of_nat k) with (2 ^ Z.of_nat k - 1) by lia.
    destruct (Z.eq_dec (2 ^ Z.of_nat k) 1) as [O | O].
    + replace (2 ^ Z.of_nat k - 1) with 0 by lia. rewrite by_top_zero. lia.
    + assert (F : by_top x (S k) (2 ^ Z.of_nat k - 1 + 1) <= by_top x (S k) (2 ^ Z.of_nat k - 1)).
      { apply IHk; lia. }
      replace (2 ^ Z.of_nat k - 1 + 1) with (2 ^ Z.of_nat k) in F by lia.
      cbn [by_top] in F. rewrite Z.ltb_irrefl, Z.sub_diag in F.
      replace (2 ^ Z.of_nat k - 1 <? 2 ^ Z.of_nat k) with true in F by (symmetry; apply Z.ltb_lt; lia).
      rewrite by_top_zero, times_comm, times_one in F. exact F.
  - apply times_mono; [lia |]. replace (n + 1 - p) with (n - p + 1) by lia. apply IHk; lia.
Qed.

(** FIX-4: the powers of a share never rise. *)
Theorem FIX_4_step : forall x n v w, 0 <= x <= RAY -> 0 <= n ->
  rpow x n = Some v -> rpow x (n + 1) = Some w -> w <= v.
Proof.
  intros x n v w X N V W. destruct (enough_bits (n + 1) ltac:(lia)) as [k K].
  apply rpow_top with (k := k) in V; [| lia]. apply rpow_top with (k := k) in W; [| lia].
  subst. now apply by_top_falls.
Qed.

Theorem FIX_4 : forall x m n v w, 0 <= x <= RAY -> 0 <= m <= n ->
  rpow x m = Some v -> rpow x n = Some w -> w <= v.
Proof.
  intros x m n v w X [M L]. revert w. pattern n. apply Zlt_lower_bound_ind with (z := m); [| exact L].
  clear n L. intros n IH L w V W.
  destruct (Z.eq_dec n m) as [-> | D]; [assert (w = v) by congruence; lia |].
  destruct (FIX_3_share x (n - 1) X ltac:(lia)) as [u [U _]].
  transitivity u.
  - apply FIX_4_step with x (n - 1); try lia; try assumption. now replace (n - 1 + 1) with n by lia.
  - apply IH with (n - 1); try lia; assumption.
Qed.
