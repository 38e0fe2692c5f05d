(** What is proved of [Curve]: prices never rise, stay below the start price, and are what the rules say. *)

From Coq Require Import ZArith Lia List Bool.
From Knockdown.model Require Import Fixed Curve.
From Knockdown.proofs Require Import FixedLaws PowerLaws.
Import ListNotations.
Open Scope Z_scope.

Definition is_share (n : Z) : Prop := 0 < n <= RAY.

(** The points of a piecewise curve, each later and no higher than the one before. *)
Fixpoint falling (p : point) (rest : list point) : Prop :=
  0 <= p_share p <= RAY /\
  match rest with
  | [] => True
  | q :: more => p_after p < p_after q /\ p_share q <= p_share p /\ falling q more
  end.

(** What the constructors of curves let pass (CRV-5), but for how deep curves may hold curves. *)
Fixpoint sound (c : curve) : Prop :=
  match c with
  | Constant share => is_share share
  | Linear zero_after => 1 <= zero_after
  | Stairs step_every keep => 1 <= step_every /\ is_share keep
  | Exponential keep => is_share keep
  | Piecewise points _ _ =>
      match points with
      | [] => False
      | p :: rest => p_after p = 0 /\ falling p rest
      end
  | Scaled by_ of_ => is_share by_ /\ sound of_
  | Floored at_ of_ | Capped at_ of_ => is_share at_ /\ sound of_
  end.

Lemma share_powers : forall x n, is_share x -> 0 <= n -> exists v, rpow x n = Some v /\ 0 <= v <= RAY.
Proof. intros x n [A B] N. apply FIX_3_share; lia. Qed.

(** ** Piecewise curves, by their segments *)

Definition between_points (b : between) (p q : point) (elapsed : Z) : Z :=
  match b with
  | Steps => p_share p
  | Straight =>
      (p_share p * (p_after q - elapsed) + p_share q * (elapsed - p_after p)) / (p_after q - p_after p)
  end.

Fixpoint segment (b : between) (a : after_last) (elapsed : Z) (p : point) (rest : list point) : Z :=
  match rest with
  | [] => match a with Zero => if p_after p <? elapsed then 0 else p_share p | Hold => p_share p end
  | q :: more => if p_after q <=? elapsed then segment b a elapsed q more else between_points b p q elapsed
  end.

Lemma last_at_early : forall elapsed rest found,
  (forall q, In q rest -> elapsed < p_after q) -> last_at elapsed rest found = found.
Proof.
  induction rest; intros found H; [reflexivity |]. cbn [last_at].
  assert (elapsed < p_after a) by (apply H; now left).
  replace (p_after a <=? elapsed) with false by lia. apply IHrest. intros. apply H. now right.
Qed.

Lemma falling_later : forall rest p q, falling p rest -> In q rest -> p_after p < p_after q.
Proof.
  induction rest; intros p q F I; [contradiction |]. cbn in F. destruct F as [_ [L [_ F]]].
  destruct I as [-> | I]; [assumption |]. specialize (IHrest a q F I). lia.
Qed.

Lemma points_segment : forall rest p b a elapsed, falling p rest -> p_after p <= elapsed ->
  points_share (p :: rest) b a elapsed = Some (segment b a elapsed p rest).
Proof.
  assert (G : forall rest p b a elapsed, falling p rest -> p_after p <= elapsed ->
    match last_at elapsed rest (Some (p, hd_error rest)) with
    | None => None
    | Some (from, None) =>
        match a with
        | Zero => Some (if p_after from <? elapsed then 0 else p_share from)
        | Hold => Some (p_share from)
        end
    | Some (from, Some to) =>
        match b with
        | Steps => Some (p_share from)
        | Straight =>
            if elapsed <=? p_after from then Some (p_share from)
            else Some ((p_share from * (p_after to - elapsed) + p_share to * (elapsed - p_after from))
                       / (p_after to - p_after from))
        end
    end = Some (segment b a elapsed p rest)).
  { induction rest as [| q rest IH]; intros p b a elapsed F E.
    - cbn. destruct a; reflexivity.
    - cbn in F. destruct F as [SP [L [S F]]].
      cbn [last_at segment]. destruct (p_after q <=? elapsed) eqn:Q.
      + apply IH; [assumption | lia].
      + rewrite last_at_early.
        * unfold between_points. cbn [hd_error]. destruct b; [| reflexivity].
          destruct (elapsed <=? p_after p) eqn:X; [| reflexivity].
          assert (elapsed = p_after p) as -> by lia. f_equal.
          rewrite Z.sub_diag, Z.mul_0_r, Z.add_0_r. symmetry. apply Z.div_mul. lia.
        * intros r R. pose proof (falling_later _ _ _ F R). lia. }
  intros. unfold points_share. cbn [last_at]. replace (p_after p <=? elapsed) with true by lia.
  specialize (G rest p b a elapsed H H0).
  destruct (last_at elapsed rest (Some (p, hd_error rest))) as [[from [to |]] |]; try discriminate; exact G.
Qed.

Lemma between_bounds : forall b p q elapsed, p_after p <= elapsed <= p_after q -> p_after p < p_after q ->
  p_share q <= p_share p -> p_share q <= between_points b p q elapsed <= p_share p.
Proof.
  intros. unfold between_points. destruct b; [| lia].
  split; [apply Z.div_le_lower_bound | apply Z.div_le_upper_bound]; nia.
Qed.

Lemma segment_bounds : forall rest p b a elapsed, falling p rest -> p_after p <= elapsed ->
  0 <= segment b a elapsed p rest <= p_share p.
Proof.
  induction rest as [| q rest IH]; intros p b a elapsed F E; cbn in F |- *.
  - destruct a; [lia |]. destruct (p_after p <? elapsed); lia.
  - destruct F as [SP [L [S F]]]. destruct (p_after q <=? elapsed) eqn:Q.
    + specialize (IH q b a elapsed F ltac:(lia)). lia.
    + pose proof (between_bounds b p q elapsed ltac:(lia) L S).
      assert (0 <= p_share q) by (destruct rest; cbn in F; lia). lia.
Qed.

Lemma segment_falls : forall rest p b a e1 e2, falling p rest -> p_after p <= e1 <= e2 ->
  segment b a e2 p rest <= segment b a e1 p rest.
Proof.
  induction rest as [| q rest IH]; intros p b a e1 e2 F E; cbn in F |- *.
  - destruct a; [lia |]. destruct (p_after p <? e1) eqn:A; destruct (p_after p <? e2) eqn:B; lia.
  - destruct F as [SP [L [S F]]].
    destruct (p_after q <=? e1) eqn:A; destruct (p_after q <=? e2) eqn:B; try lia.
    + apply IH; [assumption | lia].
    + pose proof (segment_bounds rest q b a e2 F ltac:(lia)).
      pose proof (between_bounds b p q e1 ltac:(lia) L S). lia.
    + unfold between_points. destruct b; [| lia]. apply Z.div_le_mono; nia.
Qed.

(** ** Shares *)

(** CRV-9, of shares: without bound a sound curve has one at every time, from zero to one. *)
Theorem CRV_9_share : forall c elapsed, sound c -> 0 <= elapsed ->
  exists s, share_at Unbounded c elapsed = Some s /\ 0 <= s <= RAY.
Proof.
  pose proof RAY_pos.
  induction c; intros elapsed S E; cbn [sound share_at] in *.
  - unfold is_share in S. exists share. split; [reflexivity | lia].
  - unfold linear_share. destruct (zero_after - elapsed <=? 0) eqn:L; [exists 0; split; [reflexivity | lia] |].
    cbn [fits]. eexists. split; [reflexivity |].
    split; [apply Z.div_pos; nia | apply Z.div_le_upper_bound; nia].
  - destruct S as [S K]. replace (0 <? step_every) with true by lia.
    apply share_powers; [assumption | apply Z.div_pos; lia].
  - apply share_powers; assumption.
  - destruct points as [| p rest]; [contradiction |]. destruct S as [S F].
    rewrite points_segment by (assumption || lia). eexists. split; [reflexivity |].
    pose proof (segment_bounds rest p b a elapsed F ltac:(lia)).
    assert (p_share p <= RAY) by (destruct rest; cbn in F; lia). lia.
  - destruct S as [[B1 B2] S]. destruct (IHc elapsed S E) as [s [-> [S0 S1]]]. cbn [option_map].
    eexists. split; [reflexivity |]. unfold mul_div, divide.
    split; [apply Z.div_pos; nia | apply Z.div_le_upper_bound; nia].
  - destruct S as [[B1 B2] S]. destruct (IHc elapsed S E) as [s [-> [S0 S1]]]. cbn [option_map].
    eexists. split; [reflexivity |]. lia.
  - destruct S as [[B1 B2] S]. destruct (IHc elapsed S E) as [s [-> [S0 S1]]]. cbn [option_map].
    eexists. split; [reflexivity |]. lia.
Qed.

(** A word may lack a share, but has no other one. *)
Lemma share_width : forall c w elapsed s, share_at w c elapsed = Some s -> share_at Unbounded c elapsed = Some s.
Proof.
  induction c; intros w elapsed s; cbn [share_at]; try (intros; assumption).
  - unfold linear_share. destruct (zero_after - elapsed <=? 0); [auto |]. cbn [fits].
    destruct (fits w _); [auto | discriminate].
  - destruct (share_at w c elapsed) eqn:C; cbn [option_map]; [| discriminate].
    intros [= <-]. now rewrite (IHc _ _ _ C).
  - destruct (share_at w c elapsed) eqn:C; cbn [option_map]; [| discriminate].
    intros [= <-]. now rewrite (IHc _ _ _ C).
  - destruct (share_at w c elapsed) eqn:C; cbn [option_map]; [| discriminate].
    intros [= <-]. now rewrite (IHc _ _ _ C).
Qed.

Lemma share_falls_unbounded : forall c e1 e2 s1 s2, sound c -> 0 <= e1 <= e2 ->
  share_at Unbounded c e1 = Some s1 -> share_at Unbounded c e2 = Some s2 -> s2 <= s1.
Proof.
  pose proof RAY_pos.
  induction c; intros e1 e2 s1 s2 S E; cbn [sound share_at] in *.
  - intros [= <-] [= <-]. lia.
  - unfold linear_share.
    destruct (zero_after - e1 <=? 0) eqn:A; destruct (zero_after - e2 <=? 0) eqn:B; cbn [fits];
      intros [= <-] [= <-]; try lia.
    + apply Z.div_pos; nia.
    + apply Z.div_le_mono; nia.
  - destruct S as [S [K1 K2]]. replace (0 <? step_every) with true by lia.
    apply FIX_4; [lia |]. split; [apply Z.div_pos; lia | apply Z.div_le_mono; lia].
  - destruct S as [K1 K2]. apply FIX_4; lia.
  - destruct points as [| p rest]; [contradiction |]. destruct S as [S F].
    rewrite !points_segment by (assumption || lia). intros [= <-] [= <-]. apply segment_falls; [assumption | lia].
  - destruct S as [[B1 B2] S].
    destruct (share_at Unbounded c e1) eqn:A; destruct (share_at Unbounded c e2) eqn:B; try discriminate.
    cbn [option_map]. intros [= <-] [= <-]. specialize (IHc _ _ _ _ S E A B).
    unfold mul_div, divide. apply Z.div_le_mono; nia.
  - destruct S as [_ S].
    destruct (share_at Unbounded c e1) eqn:A; destruct (share_at Unbounded c e2) eqn:B; try discriminate.
    cbn [option_map]. intros [= <-] [= <-]. specialize (IHc _ _ _ _ S E A B). lia.
  - destruct S as [_ S].
    destruct (share_at Unbounded c e1) eqn:A; destruct (share_at Unbounded c e2) eqn:B; try discriminate.
    cbn [option_map]. intros [= <-] [= <-]. specialize (IHc _ _ _ _ S E A B). lia.
Qed.

(** ** Prices *)

Lemma price_parts : forall w c start elapsed p, price_at w c start elapsed = Some p ->
  exists s, share_at w c (Z.max elapsed 0) = Some s /\ 0 <= s /\ 0 <= start /\ p = start * s / RAY.
Proof.
  intros w c start elapsed p. unfold price_at. destruct (is_shallow deepest c); [| discriminate].
  destruct (share_at w c (Z.max elapsed 0)) as [s |]; [| discriminate].
  unfold price_of. destruct (s <? 0) eqn:A; destruct (start <? 0) eqn:B; cbn [orb]; try discriminate.
  destruct (fits w (start * s)); [| discriminate]. intros [= <-]. exists s. repeat split; lia.
Qed.

Lemma price_fits : forall w c start elapsed p, price_at w c start elapsed = Some p ->
  exists product, fits w product = true /\ 0 <= product /\ p = product / RAY.
Proof.
  intros w c start elapsed p. unfold price_at. destruct (is_shallow deepest c); [| discriminate].
  destruct (share_at w c (Z.max elapsed 0)) as [s |]; [| discriminate].
  unfold price_of. destruct (s <? 0) eqn:A; destruct (start <? 0) eqn:B; cbn [orb]; try discriminate.
  destruct (fits w (start * s)) eqn:F; [| discriminate]. intros [= <-]. exists (start * s). repeat split; [exact F | nia].
Qed.

(** CRV-1: on a curve that a constructor made the price never rises with time, *)
Theorem CRV_1_never_rises : forall w c start e1 e2 p1 p2, sound c -> e1 <= e2 ->
  price_at w c start e1 = Some p1 -> price_at w c start e2 = Some p2 -> p2 <= p1.
Proof.
  intros w c start e1 e2 p1 p2 S E P1 P2.
  apply price_parts in P1. apply price_parts in P2.
  destruct P1 as [s1 [A1 [N1 [M ->]]]]. destruct P2 as [s2 [A2 [N2 [_ ->]]]].
  apply share_width in A1. apply share_width in A2.
  assert (s2 <= s1) by (eapply share_falls_unbounded; [exact S | | exact A1 | exact A2]; lia).
  apply Z.div_le_mono; [apply RAY_pos | nia].
Qed.

(** and never exceeds the start price, nor goes below zero. *)
Theorem CRV_1_bounds : forall w c start elapsed p, sound c ->
  price_at w c start elapsed = Some p -> 0 <= p <= start.
Proof.
  intros w c start elapsed p S P. apply price_parts in P. destruct P as [s [A [N [M ->]]]].
  apply share_width in A. destruct (CRV_9_share c (Z.max elapsed 0) S ltac:(lia)) as [s' [B [_ U]]].
  assert (s' = s) as -> by congruence. pose proof RAY_pos.
  split; [apply Z.div_pos; nia | apply Z.div_le_upper_bound; nia].
Qed.

(** A price is never below zero, on any curve at all. *)
Theorem CRV_1_nonneg : forall w c start elapsed p, price_at w c start elapsed = Some p -> 0 <= p.
Proof.
  intros w c start elapsed p P. apply price_parts in P. destruct P as [s [_ [N [M ->]]]].
  pose proof RAY_pos. apply Z.div_pos; nia.
Qed.

(** CRV-2: on a straight line the share is what is left of the time, rounded down, and zero from the end on. *)
Theorem CRV_2 : forall zero_after elapsed s, 1 <= zero_after -> 0 <= elapsed ->
  share_at Unbounded (Linear zero_after) elapsed = Some s ->
  if zero_after <=? elapsed then s = 0
  else s * zero_after <= (zero_after - elapsed) * RAY < (s + 1) * zero_after.
Proof.
  intros z e s Z1 E. cbn [share_at]. unfold linear_share. cbn [fits].
  destruct (z - e <=? 0) eqn:L; intros [= <-].
  - now replace (z <=? e) with true by lia.
  - replace (z <=? e) with false by lia.
    pose proof (Z.div_mod ((z - e) * RAY) z). pose proof (Z.mod_pos_bound ((z - e) * RAY) z). nia.
Qed.

(** Rounding twice gives no more than rounding once. *)
Theorem CRV_2_twice : forall start left zero_after, 0 <= start -> 0 <= left -> 1 <= zero_after ->
  start * (left * RAY / zero_after) / RAY <= start * left / zero_after.
Proof.
  intros. pose proof RAY_pos.
  apply Z.div_le_lower_bound; [lia |].
  pose proof (Z.mul_div_le (left * RAY) zero_after ltac:(lia)).
  pose proof (Z.mul_div_le (start * (left * RAY / zero_after)) RAY ltac:(lia)). nia.
Qed.

(** CRV-3: on stairs the share is the power of the whole steps; one not yet complete does not count. *)
Theorem CRV_3 : forall w step_every keep elapsed, 1 <= step_every ->
  share_at w (Stairs step_every keep) elapsed = rpow keep (elapsed / step_every).
Proof. intros. cbn [share_at]. now replace (0 <? step_every) with true by lia. Qed.

Theorem CRV_3_holds : forall w step_every keep steps within, 1 <= step_every -> 0 <= within < step_every ->
  share_at w (Stairs step_every keep) (steps * step_every + within)
  = share_at w (Stairs step_every keep) (steps * step_every).
Proof.
  intros. rewrite !CRV_3 by lia. f_equal. rewrite Z.div_add_l, Z.div_small, Z.div_mul by lia. lia.
Qed.

(** CRV-4: before zero the price is that at zero, *)
Theorem CRV_4 : forall w c start elapsed, elapsed <= 0 -> price_at w c start elapsed = price_at w c start 0.
Proof. intros. unfold price_at. now rewrite Z.max_r, Z.max_id by lia. Qed.

(** and there the start price, of a straight line, of stairs and of an exponential curve. *)
Theorem CRV_4_start : forall c start p,
  match c with
  | Linear z => 1 <= z
  | Stairs every keep => 1 <= every /\ is_share keep
  | Exponential keep => is_share keep
  | _ => False
  end ->
  price_at Unbounded c start 0 = Some p -> p = start.
Proof.
  intros c start p C P. apply price_parts in P. destruct P as [s [A [N [M ->]]]]. rewrite Z.max_id in A.
  pose proof RAY_pos.
  assert (s = RAY) as ->; [| apply Z.div_mul; lia].
  destruct c; try contradiction; cbn [share_at] in A.
  - unfold linear_share in A. replace (zero_after - 0 <=? 0) with false in A by lia. cbn [fits] in A.
    injection A as <-. rewrite Z.sub_0_r, Z.mul_comm. apply Z.div_mul. lia.
  - destruct C as [C [K _]]. replace (0 <? step_every) with true in A by lia.
    rewrite Z.div_0_l, FIX_3_zero in A by lia. congruence.
  - destruct C as [K _]. rewrite FIX_3_zero in A by lia. congruence.
Qed.

(** CRV-6: an exponential curve is stairs with a step of one second. *)
Theorem CRV_6 : forall w keep elapsed, share_at w (Exponential keep) elapsed = share_at w (Stairs 1 keep) elapsed.
Proof. intros. cbn [share_at]. now rewrite Z.div_1_r. Qed.

(** CRV-9: a sound curve that is not too deep has a price at every time, without bound. *)
Theorem CRV_9 : forall c start elapsed, sound c -> is_shallow deepest c = true -> 0 <= start ->
  exists p, price_at Unbounded c start elapsed = Some p.
Proof.
  intros c start elapsed S D M. unfold price_at. rewrite D.
  destruct (CRV_9_share c (Z.max elapsed 0) S ltac:(lia)) as [s [-> [S0 _]]].
  unfold price_of. replace (s <? 0) with false by lia. replace (start <? 0) with false by lia.
  cbn [orb fits]. eauto.
Qed.

(** CRV-10: on a constant curve the share is the same for ever. *)
Theorem CRV_10 : forall w share elapsed, share_at w (Constant share) elapsed = Some share.
Proof. reflexivity. Qed.

(** CRV-11: the last point at or before a time decides: straight to the next, or held, and after the last
    held or zero. *)
Theorem CRV_11 : forall w p rest b a elapsed, falling p rest -> p_after p <= elapsed ->
  share_at w (Piecewise (p :: rest) b a) elapsed = Some (segment b a elapsed p rest).
Proof. intros. now apply points_segment. Qed.

(** CRV-12: a scaled curve has a share of another, rounded down; a floored one never less, a capped one never more. *)
Theorem CRV_12_scaled : forall w by_ c elapsed s t,
  share_at w c elapsed = Some s -> share_at w (Scaled by_ c) elapsed = Some t ->
  t * RAY <= s * by_ < (t + 1) * RAY.
Proof.
  intros w by_ c elapsed s t A. cbn [share_at]. rewrite A. intros [= <-].
  apply FIX_1_floor. apply RAY_pos.
Qed.

Theorem CRV_12_floored : forall w at_ c elapsed s, share_at w (Floored at_ c) elapsed = Some s -> at_ <= s.
Proof. intros w at_ c elapsed s. cbn [share_at]. destruct (share_at w c elapsed); [intros [= <-]; lia | discriminate]. Qed.

Theorem CRV_12_capped : forall w at_ c elapsed s, share_at w (Capped at_ c) elapsed = Some s -> s <= at_.
Proof. intros w at_ c elapsed s. cbn [share_at]. destruct (share_at w c elapsed); [intros [= <-]; lia | discriminate]. Qed.
