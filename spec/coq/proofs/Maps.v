(** Maps as lists: what is looked up after something is put in. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Event Position House.
From Knockdown.proofs Require Import Accounts.
Import ListNotations.
Open Scope Z_scope.

Section Maps.
  Context {K A : Type} (same : K -> K -> bool).
  Hypothesis same_iff : forall a b, same a b = true <-> a = b.

  Lemma same_self : forall k, same k k = true.
  Proof. intros. now apply same_iff. Qed.

  Lemma not_same : forall a b, a <> b -> same a b = false.
  Proof. intros a b D. destruct (same a b) eqn:E; [apply same_iff in E; contradiction | reflexivity]. Qed.

  Lemma lookup_insert : forall (m : list (K * A)) k v, lookup same k (insert same k v m) = Some v.
  Proof.
    induction m as [| [i a] m IH]; intros k v; cbn; [now rewrite same_self |].
    destruct (same i k) eqn:E; cbn; [now rewrite E |]. rewrite E. apply IH.
  Qed.

  Lemma lookup_insert_other : forall (m : list (K * A)) k j v, j <> k ->
    lookup same j (insert same k v m) = lookup same j m.
  Proof.
    induction m as [| [i a] m IH]; intros k j v D; cbn; [rewrite not_same by congruence; reflexivity |].
    destruct (same i k) eqn:E; cbn.
    - apply same_iff in E. subst i. rewrite not_same by congruence. reflexivity.
    - destruct (same i j); [reflexivity | now apply IH].
  Qed.

  (** A number of every entry, together. *)
  Definition total (f : A -> Z) (m : list (K * A)) : Z := sum (map (fun one => f (snd one)) m).

  (** The number of an entry; nothing where there is none. *)
  Definition of_entry (f : A -> Z) (k : K) (m : list (K * A)) : Z :=
    match lookup same k m with Some a => f a | None => 0 end.

  Lemma total_insert : forall f (m : list (K * A)) k v,
    total f (insert same k v m) = total f m - of_entry f k m + f v.
  Proof.
    unfold total, of_entry, sum. induction m as [| [i a] m IH]; intros k v; cbn; [lia |].
    destruct (same i k); cbn; [lia |]. specialize (IH k v). cbn in IH. lia.
  Qed.
End Maps.

Lemma name_lookup_insert : forall {A} (m : list (_ * A)) k v,
  lookup same_name k (insert same_name k v m) = Some v.
Proof. intros. apply lookup_insert. apply same_name_iff. Qed.

Lemma name_lookup_other : forall {A} (m : list (_ * A)) k j v, j <> k ->
  lookup same_name j (insert same_name k v m) = lookup same_name j m.
Proof. intros. apply lookup_insert_other; [apply same_name_iff | assumption]. Qed.

Lemma string_lookup_insert : forall {A} (m : list (string * A)) k v,
  lookup String.eqb k (insert String.eqb k v m) = Some v.
Proof. intros. apply lookup_insert. apply String.eqb_eq. Qed.

Lemma string_lookup_other : forall {A} (m : list (string * A)) k j v, j <> k ->
  lookup String.eqb j (insert String.eqb k v m) = lookup String.eqb j m.
Proof. intros. apply lookup_insert_other; [apply String.eqb_eq | assumption]. Qed.
