(** What accounts hold: balances over postings, and what each event does to them. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Position Ledger.
Import ListNotations.
Open Scope Z_scope.

Lemma same_name_iff : forall a b, same_name a b = true <-> a = b.
Proof.
  intros [l n] [m k]. unfold same_name. cbn. rewrite andb_true_iff, String.eqb_eq, Z.eqb_eq.
  split; [intros [-> ->]; reflexivity | intros [= -> ->]; auto].
Qed.

Lemma same_name_refl : forall a, same_name a a = true.
Proof. intros. now apply same_name_iff. Qed.

Definition same_asset (x y : asset) : bool :=
  match x, y with
  | CollateralOf a, CollateralOf b | TokenOf a, TokenOf b => String.eqb a b
  | Money, Money | Debt, Debt | Loss, Loss => true
  | _, _ => false
  end.

Definition same_account (x y : account) : bool :=
  match x, y with
  | PositionOf a, PositionOf b | OwnerOf a, OwnerOf b | BidderOf a, BidderOf b
  | KeeperOf a, KeeperOf b | RewardPayerOf a, RewardPayerOf b | PayerOf a, PayerOf b => String.eqb a b
  | LotOf a, LotOf b | EscrowOf a, EscrowOf b => same_name a b
  | Repaid, Repaid | Penalty, Penalty | BadDebt, BadDebt | ProtocolOwn, ProtocolOwn
  | HealedAway, HealedAway | Issued, Issued | Burned, Burned | Canceller, Canceller => true
  | _, _ => false
  end.

Lemma same_asset_refl : forall x, same_asset x x = true.
Proof. destruct x; cbn; auto using String.eqb_refl. Qed.

Lemma sum_map_plus : forall {A : Type} (f g : A -> Z) xs,
  sum (map (fun x => f x + g x) xs) = sum (map f xs) + sum (map g xs).
Proof. intros. unfold sum. induction xs; cbn in *; lia. Qed.

Lemma sum_app : forall xs ys, sum (xs ++ ys) = sum xs + sum ys.
Proof. intros. unfold sum. induction xs; cbn in *; lia. Qed.

(** What an account gets of an asset, less what it gives, by some postings. *)
Definition net_one (x : asset) (c : account) (m : posting) : Z :=
  if same_asset (m_asset m) x
  then (if same_account (m_to m) c then m_amount m else 0) - (if same_account (m_from m) c then m_amount m else 0)
  else 0.

Definition net (x : asset) (c : account) (ms : list posting) : Z := sum (map (net_one x c) ms).

Lemma net_app : forall x c ms ns, net x c (ms ++ ns) = net x c ms + net x c ns.
Proof. intros. unfold net. now rewrite map_app, sum_app. Qed.

(** All the postings of a history. *)
Definition ledger (es : list event) : list posting := flat_map postings es.

Lemma ledger_app : forall es fs, ledger (es ++ fs) = ledger es ++ ledger fs.
Proof. intros. apply flat_map_app. Qed.

(** ACC-5: an event stands for its postings, those of nothing left out: that changes no balance. *)
Theorem ACC_5_nothing_left_out : forall x c e, net x c (postings e) = net x c (moves e).
Proof.
  intros. unfold postings, net, sum. induction (moves e) as [| m ms IH]; [reflexivity |].
  cbn [filter map fold_right]. destruct (m_amount m =? 0) eqn:Z0; cbn [negb map fold_right]; rewrite IH; [| reflexivity].
  apply Z.eqb_eq in Z0. unfold net_one at 2. rewrite Z0.
  destruct (same_asset _ _), (same_account (m_to m) c), (same_account (m_from m) c); lia.
Qed.

(** ACC-1: a posting is of an amount that is not nothing, *)
Theorem ACC_1_amount : forall e m, In m (postings e) -> m_amount m <> 0.
Proof.
  intros e m I. apply filter_In in I. destruct I as [_ N]. apply negb_true_iff, Z.eqb_neq in N. exact N.
Qed.

Lemma net_cons : forall x c m ms, net x c (m :: ms) = net_one x c m + net x c ms.
Proof. reflexivity. Qed.

(** How often an account is listed. *)
Definition times_listed (c : account) (cs : list account) : Z :=
  sum (map (fun d => if same_account c d then 1 else 0) cs).

(** and what one account gives another gets: over accounts that list each one that moves something once, the
    balances of an asset add up to nothing. *)
Theorem ACC_1_conserved : forall x cs ms,
  (forall m, In m ms -> times_listed (m_from m) cs = 1 /\ times_listed (m_to m) cs = 1) ->
  sum (map (fun c => net x c ms) cs) = 0.
Proof.
  intros x cs ms. induction ms as [| m ms IH]; intros H.
  - unfold net. cbn. clear. unfold sum. induction cs; cbn in *; lia.
  - rewrite (map_ext _ (fun c => net_one x c m + net x c ms) (fun c => net_cons x c m ms)), sum_map_plus.
    rewrite IH by (intros; apply H; now right).
    destruct (H m (or_introl eq_refl)) as [F T]. unfold times_listed in F, T. unfold net_one.
    destruct (same_asset (m_asset m) x).
    + rewrite (map_ext _ (fun c => (if same_account (m_to m) c then 1 else 0) * m_amount m
                                   + (if same_account (m_from m) c then 1 else 0) * - m_amount m)) by
        (intros; destruct (same_account (m_to m) a), (same_account (m_from m) a); lia).
      rewrite sum_map_plus.
      assert (D : forall (f : account -> Z) k, sum (map (fun c => f c * k) cs) = sum (map f cs) * k).
      { clear. intros. unfold sum. induction cs; cbn in *; lia. }
      rewrite !D, F, T. lia.
    + clear. unfold sum. induction cs; cbn in *; lia.
Qed.
