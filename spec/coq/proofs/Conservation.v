(** No debt leaks and no collateral: what is seized is accounted for after every event of every history. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Dutch English Position House Auction Treasury Ledger Book.
From Knockdown.proofs Require Import Accounts LotLaws Bounds Effects Maps BookLaws Steps.
Import ListNotations.
Open Scope Z_scope.

(** ** How a number of the lots changes with an event *)

(** A number of a lot that an event changes by what the event says. *)
Record follows (f : lot -> Z) (delta : event -> Z) : Prop := {
  on_opening : forall b e l, happens b e -> lot_of e = Some l -> f l = delta e;
  on_fitting : forall l e, fits_lot l e -> sane l -> f (evolve_lot l e) = f l + delta e;
  on_nothing : forall e, about_of e = None -> delta e = 0 }.

Lemma happens_cases : forall b e, happens b e ->
  about_of e = None \/
  (exists a l, about_of e = Some a /\ lot_of e = Some l) \/
  (exists a l, about_of e = Some a /\ lot_at b (a_lot a) = Some l /\ fits_lot l e /\ within l e).
Proof.
  intros b e H. destruct e; cbn [happens] in H; try (right; right; exact H); try (left; reflexivity);
    right; left; cbn [about_of lot_of]; eauto.
Qed.

Lemma entry_follows : forall f delta, follows f delta -> forall b e n, kept b -> happens b e ->
  of_entry same_name f n (b_lots (apply b e)) = of_entry same_name f n (b_lots b) + (if named n e then delta e else 0).
Proof.
  intros f delta [F1 F2 F3] b e n K H. unfold named, of_entry.
  destruct (happens_cases b e H) as [A | [(a & l & A & L) | (a & l & A & L & F & _)]].
  - rewrite A, (apply_else b e A). lia.
  - rewrite A, (apply_opening b a l e A L). destruct (opening_is_new b e a l K H A L) as [N _].
    destruct (same_name (a_lot a) n) eqn:E.
    + apply same_name_iff in E. subst n. rewrite name_lookup_insert. unfold lot_at in N. rewrite N.
      rewrite (F1 b e l H L). lia.
    + rewrite name_lookup_other by (intros ->; now rewrite same_name_refl in E). lia.
  - rewrite A, (apply_fitting b a l e A L F). unfold lot_at in L.
    destruct (same_name (a_lot a) n) eqn:E.
    + apply same_name_iff in E. subst n. rewrite name_lookup_insert, L.
      destruct K as [K _]. destruct (K _ _ L) as (_ & _ & [S _] & _). rewrite (F2 l e F S). lia.
    + rewrite name_lookup_other by (intros ->; now rewrite same_name_refl in E). lia.
Qed.

Lemma total_follows : forall f delta, follows f delta -> forall b e, kept b -> happens b e ->
  total f (b_lots (apply b e)) = total f (b_lots b) + delta e.
Proof.
  intros f delta [F1 F2 F3] b e K H.
  destruct (happens_cases b e H) as [A | [(a & l & A & L) | (a & l & A & L & F & _)]].
  - rewrite (apply_else b e A), (F3 e A). lia.
  - rewrite (apply_opening b a l e A L), (total_insert same_name).
    destruct (opening_is_new b e a l K H A L) as [N _]. unfold of_entry. unfold lot_at in N. rewrite N, (F1 b e l H L). lia.
  - rewrite (apply_fitting b a l e A L F), (total_insert same_name).
    unfold of_entry. unfold lot_at in L. rewrite L.
    destruct K as [K _]. destruct (K _ _ L) as (_ & _ & [S _] & _). rewrite (F2 l e F S). lia.
Qed.

(** A number of all that has happened, together. *)
Definition over (f : event -> Z) (es : list event) : Z := sum (map f es).

Lemma over_snoc : forall f es e, over f (es ++ [e]) = over f es + f e.
Proof. intros. unfold over. rewrite map_app, sum_app. cbn. lia. Qed.

Lemma over_plus : forall f g es, over (fun e => f e + g e) es = over f es + over g es.
Proof. intros. apply sum_map_plus. Qed.

Lemma over_minus : forall f g es, over (fun e => f e - g e) es = over f es - over g es.
Proof. intros. unfold over, sum. induction es; cbn in *; lia. Qed.

Lemma over_ext : forall f g es, (forall e, f e = g e) -> over f es = over g es.
Proof. intros. unfold over. f_equal. now apply map_ext. Qed.

(** ** Debt *)

Lemma debt_follows : follows debt_left debt_moved.
Proof.
  split.
  - intros b e l H L. destruct e; try discriminate; cbn [lot_of debt_moved] in *; injection L as <-; try reflexivity.
    destruct (o_start o); reflexivity.
  - apply debt_effect.
  - intros e A. destruct e; try discriminate; reflexivity.
Qed.

(** What became of debt, by an event. *)
Definition debt_seized (e : event) : Z := match e with Opened _ o => o_debt o | _ => 0 end.

Definition debt_repaid (e : event) : Z :=
  match e with
  | Taken _ _ _ _ repaid _ _ | Raised _ _ repaid _ => repaid
  | Settled a _ _ _ repaid _ _ _ => if is_collateral (a_goods a) then repaid else 0
  | _ => 0
  end.

Definition debt_bad (e : event) : Z := match e with Closed _ _ bad_debt _ _ _ => bad_debt | _ => 0 end.

Definition debt_handed_back (e : event) : Z := match e with Cancelled _ _ debt _ _ _ _ => debt | _ => 0 end.

Lemma debt_moved_is : forall e, debt_moved e = debt_seized e - debt_repaid e - debt_bad e - debt_handed_back e.
Proof. intros. destruct e; cbn; try lia. destruct (is_collateral (a_goods a)); lia. Qed.

Definition of_lot (n : lot_name) (f : event -> Z) (e : event) : Z := if named n e then f e else 0.

(** ACC-6: of every lot, after every event, debt seized = repaid + in auction + bad + handed back by a cancel; *)
Theorem ACC_6_debt : forall ceiling y es b n, passes ceiling y es b ->
  over (of_lot n debt_seized) es =
  over (of_lot n debt_repaid) es + of_entry same_name debt_left n (b_lots b)
  + over (of_lot n debt_bad) es + over (of_lot n debt_handed_back) es.
Proof.
  intros ceiling y es b n P.
  enough (over (of_lot n debt_moved) es = of_entry same_name debt_left n (b_lots b)) as E.
  { rewrite <- E, (over_ext (of_lot n debt_moved)
      (fun e => of_lot n debt_seized e - of_lot n debt_repaid e - of_lot n debt_bad e - of_lot n debt_handed_back e)).
    - rewrite !over_minus. lia.
    - intros e. unfold of_lot. destruct (named n e); [apply debt_moved_is | lia]. }
  revert es b P. apply (always ceiling y (fun es b => over (of_lot n debt_moved) es = of_entry same_name debt_left n (b_lots b))).
  - reflexivity.
  - intros es b p _ H. exact H.
  - intros es b e K H P. rewrite over_snoc, (entry_follows _ _ debt_follows b e n K P), H. reflexivity.
Qed.

(** and of all lots together. *)
Theorem ACC_6_all_debt : forall ceiling y es b, passes ceiling y es b ->
  over debt_seized es = over debt_repaid es + total debt_left (b_lots b) + over debt_bad es + over debt_handed_back es.
Proof.
  intros ceiling y es b P.
  enough (over debt_moved es = total debt_left (b_lots b)) as E.
  { rewrite <- E, (over_ext debt_moved (fun e => debt_seized e - debt_repaid e - debt_bad e - debt_handed_back e))
      by apply debt_moved_is. rewrite !over_minus. lia. }
  revert es b P. apply (always ceiling y (fun es b => over debt_moved es = total debt_left (b_lots b))).
  - reflexivity.
  - intros es b p _ H. exact H.
  - intros es b e K H P. now rewrite over_snoc, (total_follows _ _ debt_follows b e K P), H.
Qed.

(** ** Collateral *)

(** How much of an asset a lot has for sale; tokens for a loss are held by none. *)
Definition goods_held (x : asset) (l : lot) : Z :=
  if is_debt (goods_of l) then 0 else if same_asset (sold_of (goods_of l)) x then goods_left l else 0.

Definition goods_moved_of (x : asset) (e : event) : Z :=
  if same_asset (asset_sold e) x then goods_moved e else 0.

Lemma goods_follow : forall x, x <> Debt -> x <> Loss -> follows (goods_held x) (goods_moved_of x).
Proof.
  intros x D L. split.
  - intros b e l H O. unfold goods_held, goods_moved_of.
    destruct e; try discriminate; cbn [lot_of goods_moved asset_sold about_of happens] in *; injection O as <-.
    + destruct H as (_ & _ & C & _). destruct (o_start o); cbn [goods_of d_goods e_goods goods_left d_collateral e_sold];
        destruct (a_goods a); try discriminate; reflexivity.
    + destruct H as (_ & _ & C & _). cbn [goods_of e_goods goods_left e_sold].
      destruct (a_goods a); try discriminate; reflexivity.
    + destruct H as (_ & _ & C & _). cbn [goods_of e_goods]. rewrite C. destruct (same_asset _ x); reflexivity.
  - intros l e F S. unfold goods_held, goods_moved_of. destruct (fits_keeps l e F) as (_ & _ & G). rewrite G.
    assert (A : asset_sold e = sold_of (goods_of l)).
    { destruct (fits_about l e F) as [a [A [_ [_ Q]]]]. rewrite <- Q.
      destruct l, e; cbn [fits_lot] in F; try contradiction; cbn [about_of asset_sold] in *; now injection A as ->. }
    rewrite A. destruct (is_debt (goods_of l)) eqn:X.
    + (* Nothing is held of a debt auction. *)
      enough (goods_moved e = 0) as -> by (destruct (same_asset _ x); reflexivity).
      destruct l as [d | b]; cbn [goods_of sane] in *; [destruct (d_goods d); discriminate |].
      destruct e; cbn [fits_lot] in F; try contradiction; cbn [goods_moved]; try reflexivity;
        match goal with _ : _ |- context [a_goods ?a] =>
          assert (Q : a_goods a = e_goods b) by (destruct F as ((_ & _ & Q) & _); exact Q); rewrite Q
        | _ => idtac end;
        destruct (e_goods b); try discriminate; cbn [is_collateral is_debt is_surplus]; try reflexivity;
        destruct F as (_ & F & _); discriminate.
    + destruct (same_asset (sold_of (goods_of l)) x); [now apply goods_effect | reflexivity].
  - intros e A. unfold goods_moved_of. destruct e; try discriminate; destruct (same_asset _ x); reflexivity.
Qed.

Definition collateral_seized (e : event) : Z := match e with Opened _ o => o_collateral o | _ => 0 end.
Definition put_for_sale (e : event) : Z := match e with SurplusOpened _ sold _ _ _ => sold | _ => 0 end.

Definition goods_bought (e : event) : Z :=
  match e with
  | Taken _ _ _ bought _ _ _ => bought
  | Settled a _ _ sold _ _ _ _ => if is_debt (a_goods a) then 0 else sold
  | _ => 0
  end.

Definition goods_returned (e : event) : Z :=
  match e with
  | Closed _ returned _ _ _ _ => returned
  | Shrunk a _ _ freed => if is_collateral (a_goods a) then freed else 0
  | _ => 0
  end.

Definition goods_handed_back (e : event) : Z :=
  match e with
  | Cancelled _ collateral _ _ _ _ _ => collateral
  | Stopped a _ sold _ _ => if is_surplus (a_goods a) then sold else 0
  | _ => 0
  end.

Lemma goods_moved_is : forall e,
  goods_moved e = collateral_seized e + put_for_sale e - goods_bought e - goods_returned e - goods_handed_back e.
Proof.
  intros. destruct e; cbn; try lia.
  - destruct (is_collateral (a_goods a)); lia.
  - destruct (is_debt (a_goods a)); lia.
  - destruct (is_surplus (a_goods a)); lia.
Qed.

Definition of_asset (x : asset) (f : event -> Z) (e : event) : Z := if same_asset (asset_sold e) x then f e else 0.

(** ACC-6: and collateral seized = sold + in auction + returned + handed back by a cancel, of every lot and asset;
    for the money of a surplus auction, what was put up for sale. *)
Theorem ACC_6_collateral : forall ceiling y es b n x, x <> Debt -> x <> Loss -> passes ceiling y es b ->
  let o f := over (of_lot n (of_asset x f)) es in
  o collateral_seized + o put_for_sale =
  o goods_bought + of_entry same_name (goods_held x) n (b_lots b) + o goods_returned + o goods_handed_back.
Proof.
  intros ceiling y es b n x D L P o.
  enough (over (of_lot n (goods_moved_of x)) es = of_entry same_name (goods_held x) n (b_lots b)) as E.
  { rewrite <- E, (over_ext (of_lot n (goods_moved_of x))
      (fun e => of_lot n (of_asset x collateral_seized) e + of_lot n (of_asset x put_for_sale) e
                - of_lot n (of_asset x goods_bought) e - of_lot n (of_asset x goods_returned) e
                - of_lot n (of_asset x goods_handed_back) e)).
    - rewrite !over_minus, over_plus. unfold o. lia.
    - intros e. unfold of_lot, goods_moved_of, of_asset. destruct (named n e); [| lia].
      destruct (same_asset (asset_sold e) x); [apply goods_moved_is | lia]. }
  clear o. revert es b P.
  apply (always ceiling y (fun es b => over (of_lot n (goods_moved_of x)) es = of_entry same_name (goods_held x) n (b_lots b))).
  - reflexivity.
  - intros es b p _ H. exact H.
  - intros es b e K H P. rewrite over_snoc, (entry_follows _ _ (goods_follow x D L) b e n K P), H. reflexivity.
Qed.

(** ** What a lot's account holds *)

Lemma ledger_snoc : forall x c es e, net x c (ledger (es ++ [e])) = net x c (ledger es) + net x c (moves e).
Proof. intros. rewrite ledger_app, net_app. unfold ledger at 2. cbn [flat_map]. now rewrite app_nil_r, ACC_5_nothing_left_out. Qed.

(** ACC-2: after every event a lot's account holds exactly the debt that the lot's state says is left, *)
Theorem ACC_2_debt : forall ceiling y es b n, passes ceiling y es b ->
  net Debt (LotOf n) (ledger es) = of_entry same_name debt_left n (b_lots b).
Proof.
  intros ceiling y es b n. revert es b.
  apply (always ceiling y (fun es b => net Debt (LotOf n) (ledger es) = of_entry same_name debt_left n (b_lots b))).
  - reflexivity.
  - intros es b p _ H. exact H.
  - intros es b e K H P. rewrite ledger_snoc, debt_net, (entry_follows _ _ debt_follows b e n K P), H. reflexivity.
Qed.

(** and of every other asset exactly what is for sale, which is nothing of all but one. *)
Theorem ACC_2_goods : forall ceiling y es b n x, x <> Debt -> x <> Loss -> passes ceiling y es b ->
  net x (LotOf n) (ledger es) = of_entry same_name (goods_held x) n (b_lots b).
Proof.
  intros ceiling y es b n x D L. revert es b.
  apply (always ceiling y (fun es b => net x (LotOf n) (ledger es) = of_entry same_name (goods_held x) n (b_lots b))).
  - reflexivity.
  - intros es b p _ H. exact H.
  - intros es b e K H P. rewrite ledger_snoc, (goods_net x n e D L), (entry_follows _ _ (goods_follow x D L) b e n K P), H.
    unfold goods_moved_of. destruct (named n e); reflexivity.
Qed.

(** ** Money in flight *)

Lemma target_follows : follows target_left flow.
Proof.
  split.
  - intros b e l H L. destruct e; try discriminate; cbn [lot_of flow] in *; injection L as <-; try reflexivity.
    destruct (o_start o); reflexivity.
  - apply flow_effect.
  - intros e A. destruct e; try discriminate; reflexivity.
Qed.

Definition target_in (name : string) (l : lot) : Z := if String.eqb (line_name l) name then target_left l else 0.

Definition flow_in (name : string) (e : event) : Z :=
  match about_of e with Some a => if String.eqb (a_line a) name then flow e else 0 | None => 0 end.

Lemma target_in_follows : forall name, follows (target_in name) (flow_in name).
Proof.
  intros name. split.
  - intros b e l H L. unfold target_in, flow_in.
    destruct e; try discriminate; cbn [lot_of about_of flow] in *; injection L as <-; try reflexivity.
    + destruct (o_start o); reflexivity.
  - intros l e F S. unfold target_in, flow_in. destruct (fits_keeps l e F) as (_ & -> & _).
    destruct (fits_about l e F) as [a [A [_ [N _]]]]. rewrite A, N.
    destruct (String.eqb (line_name l) name); [now apply flow_effect | lia].
  - intros e A. unfold flow_in. now rewrite A.
Qed.

Lemma flow_without_lot : forall e, about_of e = None -> flow e = 0.
Proof. intros e A. destruct e; try discriminate; reflexivity. Qed.

Definition in_flight_of (k : house) (name : string) : Z :=
  match line_of k name with Some l => l_in_flight l | None => 0 end.

Lemma in_flight_after : forall k e name, in_flight_of (evolve_house k e) name = in_flight_of k name + flow_in name e.
Proof.
  intros k e name. unfold in_flight_of, flow_in.
  assert (T : forall at_name change,
    match line_of (with_line at_name change k) name with Some l => l_in_flight l | None => 0 end
    = if String.eqb at_name name
      then l_in_flight (change (match line_of k at_name with Some l => l | None => fresh_line end))
      else match line_of k name with Some l => l_in_flight l | None => 0 end).
  { intros. rewrite with_line_lookup. destruct (String.eqb at_name name); reflexivity. }
  destruct e; cbn [evolve_house about_of flow]; rewrite ?line_of_add_flow, ?line_of_house_at, ?T;
    try (destruct (String.eqb (a_line a) name); lia);
    try (match goal with |- context [String.eqb ?n name] => destruct (String.eqb_spec n name) as [-> | _] end;
         cbn [flowed l_in_flight flow]; destruct (line_of k name); cbn; lia);
    unfold line_of; cbn; lia.
Qed.

Lemma house_in_flight_after : forall k e, k_in_flight (evolve_house k e) = k_in_flight k + flow e.
Proof. intros k e. destruct e; cbn; lia. Qed.

(** HOU-7: the money in flight of the house is the sum of the open targets, *)
Theorem HOU_7_house : forall ceiling y es b, passes ceiling y es b ->
  k_in_flight (b_house b) = total target_left (b_lots b).
Proof.
  intros ceiling y. apply (always ceiling y (fun _ b => k_in_flight (b_house b) = total target_left (b_lots b))).
  - reflexivity.
  - intros es b p _ H. exact H.
  - intros es b e K H P. cbn [apply b_house] in *. rewrite house_in_flight_after, H.
    rewrite (total_follows _ _ target_follows b e K P). reflexivity.
Qed.

(** and that of a line the sum of those in it. *)
Theorem HOU_7_line : forall ceiling y es b name, passes ceiling y es b ->
  in_flight_of (b_house b) name = total (target_in name) (b_lots b).
Proof.
  intros ceiling y es b name. revert es b.
  apply (always ceiling y (fun _ b => in_flight_of (b_house b) name = total (target_in name) (b_lots b))).
  - reflexivity.
  - intros es b p _ H. exact H.
  - intros es b e K H P. cbn [apply b_house] in *. rewrite in_flight_after, H.
    rewrite (total_follows _ _ (target_in_follows name) b e K P). reflexivity.
Qed.

(** HOU-8: a lot's name is used once: what is opened was not there, and no line has more lots than it opened. *)
Theorem HOU_8 : forall b e a l, kept b -> happens b e -> about_of e = Some a -> lot_of e = Some l ->
  lot_at b (a_lot a) = None.
Proof. intros b e a l K H A L. now destruct (opening_is_new b e a l K H A L). Qed.

(** No number of any lot is ever below zero (I17). *)
Theorem ACC_6_nonneg : forall ceiling y es b n l, passes ceiling y es b -> lot_at b n = Some l ->
  0 <= debt_left l /\ 0 <= goods_left l /\ 0 <= target_left l.
Proof.
  intros ceiling y es b n l P.
  assert (Q : kept b).
  { revert es b P. apply (always ceiling y (fun _ b => kept b)).
    - apply kept_empty.
    - intros; now apply kept_hold.
    - intros; now apply kept_apply. }
  intros L. destruct Q as [Q _]. destruct (Q n l L) as (_ & _ & [_ B] & _).
  destruct l; cbn in *; lia.
Qed.
