(** When a position is unsafe, what a seizure takes from it, and what a cancelled lot gives back. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Position Seizure House Auction.
From Knockdown.proofs Require Import FixedLaws Accounts LotLaws SplitLaws SeizureLaws Steps PlanLaws.
Import ListNotations.
Open Scope Z_scope.

Strategy expand [open plan put_up liquidatable].

(** ** What supports a debt *)

(** POS-1: a debt is shares times index, exact. *)
Theorem POS_1_debt : forall p, debt_of p = p_shares p * p_index p.
Proof. reflexivity. Qed.

(** One unit supports the price times one fraction, rounded down once; *)
Theorem POS_1 : forall c price part whole, counted c = (part, whole) -> 0 < part -> 0 < whole ->
  support_price c price * whole <= price * part < (support_price c price + 1) * whole.
Proof.
  intros * E P W. unfold support_price. rewrite E. replace ((0 <? part) && (0 <? whole)) with true by lia.
  exact (FIX_1_floor price part whole W).
Qed.

(** that fraction is (1 - haircut) / ratio, or (1 - haircut) share, or (1 - haircut) (1 - share), in Rays; *)
Theorem POS_1_fraction : forall c part whole, counted c = (part, whole) ->
  match c_support c with
  | Ratio ratio => part * ratio = (RAY - c_haircut c) * whole
  | LoanToValue share => part * (RAY * RAY) = (RAY - c_haircut c) * share * whole
  | Margin share => part * (RAY * RAY) = (RAY - c_haircut c) * (RAY - share) * whole
  end.
Proof. intros * E. unfold counted in E. destruct (c_support c); injection E as <- <-; ring. Qed.

(** and where no part of the price counts, or the fraction divides by nothing, it supports nothing. *)
Theorem POS_1_none : forall c price part whole, counted c = (part, whole) -> part <= 0 \/ whole <= 0 ->
  support_price c price = 0.
Proof. intros * E H. unfold support_price. rewrite E. now replace ((0 <? part) && (0 <? whole)) with false by lia. Qed.

(** An amount below zero counts as none, *)
Theorem POS_1_negative : forall p asset h,
  find (fun h => String.eqb (h_asset h) asset) (p_holdings p) = Some h -> h_amount h <= 0 -> held_of p asset = 0.
Proof. intros * F H. unfold held_of. rewrite F. lia. Qed.

(** what a position lists twice counts as it is listed first, *)
Theorem POS_1_held_once : forall p asset h rest, p_holdings p = h :: rest -> h_asset h = asset ->
  held_of p asset = Z.max 0 (h_amount h).
Proof. intros * E <-. unfold held_of. rewrite E. cbn. now rewrite String.eqb_refl. Qed.

(** and so does what the terms list twice. *)
Theorem POS_1_accepted_once : forall t, NoDup (map c_asset (accepted t)).
Proof. intros. apply (accepted_once (t_collaterals t) []). Qed.

Theorem POS_1_first : forall t c, In c (accepted t) ->
  find (fun d => String.eqb (c_asset d) (c_asset c)) (t_collaterals t) = Some c.
Proof.
  intros t c. unfold accepted.
  assert (G : forall cs seen, In c (accepted_of seen cs) ->
    find (fun d => String.eqb (c_asset d) (c_asset c)) cs = Some c).
  { induction cs as [| d cs IH]; intros seen I; [destruct I |]. cbn [find].
    destruct (String.eqb_spec (c_asset d) (c_asset c)) as [E | E].
    - cbn [accepted_of] in I. destruct (existsb (String.eqb (c_asset d)) seen) eqn:X.
      + destruct (accepted_once cs seen) as [_ S]. destruct (S c I).
        apply existsb_exists in X. destruct X as [s [J Q]]. apply String.eqb_eq in Q. now rewrite <- E, Q.
      + destruct I as [-> | I]; [reflexivity |].
        destruct (accepted_once cs (c_asset d :: seen)) as [_ S]. destruct (S c I). now left.
    - cbn [accepted_of] in I. destruct (existsb (String.eqb (c_asset d)) seen); [now apply (IH seen) |].
      destruct I as [-> | I]; [contradiction | now apply (IH (c_asset d :: seen))]. }
  apply G.
Qed.

(** ** Who may be liquidated *)

(** What the collateral of a position supports. *)
Definition support_all (t : terms) (p : position) (quotes : list quote) : Z := sum (map (support_of p quotes) (accepted t)).

(** POS-2: only a position that owes something, and whose support is below its debt, or at it, is opened; *)
Theorem POS_2 : forall t k p quotes at_ keeper es, open t k p quotes at_ keeper = Ok es ->
  0 < p_shares p /\ 0 < p_index p /\
  match t_unsafe t with Below => support_all t p quotes < debt_of p | AtOrBelow => support_all t p quotes <= debt_of p end.
Proof.
  intros * H. unfold open in H. destruct (line_of k (t_line t)); [| discriminate]. answered H.
  apply liquidatable_ok in H. destruct H as (_ & O & U). apply owes_ok in O. tauto.
Qed.

(** a safe one is refused as that. *)
Theorem POS_2_safe : forall (A : Type) t p quotes (next : result A), unpriced (accepted t) p quotes = None ->
  fits (t_width t) (support_all t p quotes) = true -> fits (t_width t) (debt_of p) = true ->
  owes p = false \/
  match t_unsafe t with Below => debt_of p <= support_all t p quotes | AtOrBelow => debt_of p < support_all t p quotes end ->
  liquidatable t p quotes next = No (Safe (support_all t p quotes) (debt_of p)).
Proof.
  intros * N F G H. unfold liquidatable. rewrite N. fold (support_all t p quotes). rewrite F, G, !guard_true.
  destruct H as [-> | H]; [reflexivity |].
  replace (match t_unsafe t with
           | Below => support_all t p quotes <? debt_of p
           | AtOrBelow => support_all t p quotes <=? debt_of p
           end) with false; [now rewrite andb_false_r |].
  symmetry. destruct (t_unsafe t); [now apply Z.ltb_ge | now apply Z.leb_gt].
Qed.

(** One whose shares or index is not above zero owes nothing. *)
Theorem POS_2_owes_nothing : forall p, p_shares p <= 0 \/ p_index p <= 0 -> owes p = false.
Proof. intros p H. unfold owes. lia. Qed.

(** POS-3: no position is judged while an asset that it holds has no risk price above zero; *)
Theorem POS_3 : forall t k p quotes at_ keeper es c, open t k p quotes at_ keeper = Ok es ->
  In c (accepted t) -> 0 < held_of p (c_asset c) -> 0 < risk_of quotes (c_asset c).
Proof.
  intros * H I L. unfold open in H. destruct (line_of k (t_line t)); [| discriminate]. answered H.
  unfold liquidatable in H. destruct (unpriced (accepted t) p quotes) eqn:U; [discriminate |]. clear H.
  unfold unpriced in U. set (some := filter _ _) in U.
  assert (J : In c some) by (apply filter_In; split; [exact I | now apply Z.ltb_lt]).
  destruct some as [| first rest]; [destruct J |].
  pose proof (find_none _ _ U c J) as E. now apply Z.leb_gt in E.
Qed.

(** the first that the terms list is named. *)
Theorem POS_3_refused : forall (A : Type) t p quotes (next : result A) c,
  find (fun c => (0 <? held_of p (c_asset c)) && (risk_of quotes (c_asset c) <=? 0)) (accepted t) = Some c ->
  liquidatable t p quotes next = No (NoRiskPrice (c_asset c)).
Proof.
  intros * F. unfold liquidatable, unpriced.
  assert (G : forall cs, find (fun c => (0 <? held_of p (c_asset c)) && (risk_of quotes (c_asset c) <=? 0)) cs = Some c ->
    find (fun c => risk_of quotes (c_asset c) <=? 0) (filter (fun c => 0 <? held_of p (c_asset c)) cs) = Some c).
  { induction cs as [| d cs IH]; intros E; [discriminate |]. cbn [find filter] in *.
    destruct (0 <? held_of p (c_asset d)); cbn [andb find] in *; [| now apply IH].
    destruct (risk_of quotes (c_asset d) <=? 0); [assumption | now apply IH]. }
  apply G in F. destruct (filter _ (accepted t)); [discriminate |]. now rewrite F.
Qed.

(** Where it holds nothing at all, any asset without a price stands in the way. *)
Theorem POS_3_holds_nothing : forall (A : Type) t p quotes (next : result A) c,
  (forall d, In d (accepted t) -> held_of p (c_asset d) <= 0) ->
  find (fun c => risk_of quotes (c_asset c) <=? 0) (accepted t) = Some c ->
  liquidatable t p quotes next = No (NoRiskPrice (c_asset c)).
Proof.
  intros * N F. unfold liquidatable, unpriced.
  enough (filter (fun c => 0 <? held_of p (c_asset c)) (accepted t) = []) as -> by now rewrite F.
  clear F. induction (accepted t) as [| d cs IH]; [reflexivity |]. cbn [filter].
  replace (0 <? held_of p (c_asset d)) with false by (symmetry; apply Z.ltb_ge; apply N; now left).
  apply IH. intros e I. apply N. now right.
Qed.

(** ** After a seizure *)

(** What a list of holdings has of an asset, where it is listed first. *)
Definition amount_in (hs : list holding) (asset : string) : Z :=
  match find (fun h => String.eqb (h_asset h) asset) hs with Some h => h_amount h | None => 0 end.

Lemma hold_amount : forall hs asset added, amount_in (hold asset added hs) asset = amount_in hs asset + added.
Proof.
  unfold amount_in. induction hs as [| h hs IH]; intros asset added; cbn; [now rewrite String.eqb_refl |].
  destruct (String.eqb (h_asset h) asset) eqn:E; cbn; [now rewrite String.eqb_refl |]. rewrite E. apply IH.
Qed.

Lemma hold_other : forall hs asset added other, other <> asset -> amount_in (hold asset added hs) other = amount_in hs other.
Proof.
  unfold amount_in. induction hs as [| h hs IH]; intros asset added other D; cbn.
  - replace (String.eqb asset other) with false; [reflexivity |]. symmetry. apply String.eqb_neq. congruence.
  - destruct (String.eqb_spec (h_asset h) asset) as [E | E]; cbn.
    + rewrite E. replace (String.eqb asset other) with false; [reflexivity |]. symmetry. apply String.eqb_neq. congruence.
    + destruct (String.eqb (h_asset h) other); [reflexivity | now apply IH].
Qed.

(** POS-5: a seizure takes from a position the lot's collateral and the lot's shares, and nothing else. *)
Theorem POS_5 : forall p a o asset position owner, a_goods a = OfCollateral asset position owner ->
  let p' := evolve_position p (Opened a o) in
  p_shares p' = p_shares p - o_shares o /\
  amount_in (p_holdings p') asset = amount_in (p_holdings p) asset - o_collateral o /\
  (forall other, other <> asset -> amount_in (p_holdings p') other = amount_in (p_holdings p) other) /\
  p_id p' = p_id p /\ p_owner p' = p_owner p /\ p_line p' = p_line p /\ p_index p' = p_index p.
Proof.
  intros * E. destruct a as [al an at_ av ag]. cbn in E. subst ag. cbn.
  rewrite hold_amount. repeat split. intros other D. now apply hold_other.
Qed.

(** ** After a cancel *)

(** POS-6: a lot goes back: its collateral, and its debt as shares, rounded up, so that less than one share's worth is added. *)
Theorem POS_6 : forall p a asset position owner collateral debt released r h l,
  a_goods a = OfCollateral asset position owner -> 0 < p_index p ->
  let p' := evolve_position p (Cancelled a collateral debt released r h l) in
  let back := p_shares p' - p_shares p in
  debt <= back * p_index p < debt + p_index p /\
  amount_in (p_holdings p') asset = amount_in (p_holdings p) asset + collateral /\
  (forall other, other <> asset -> amount_in (p_holdings p') other = amount_in (p_holdings p) other).
Proof.
  intros * E X. destruct a as [al an at_ av ag]. cbn in E. subst ag. cbn -[mul_div].
  replace (0 <? p_index p) with true by lia. rewrite hold_amount.
  pose proof (FIX_1_ceil debt 1 (p_index p) X). repeat split; try lia. intros other D. now apply hold_other.
Qed.

(** Where the index is not above zero no share comes back. *)
Theorem POS_6_no_index : forall p a asset position owner collateral debt released r h l,
  a_goods a = OfCollateral asset position owner -> p_index p <= 0 ->
  p_shares (evolve_position p (Cancelled a collateral debt released r h l)) = p_shares p.
Proof.
  intros * E X. destruct a as [al an at_ av ag]. cbn in E. subst ag. cbn. replace (0 <? p_index p) with false by lia. lia.
Qed.

Lemma hold_back : forall hs asset amount, find (fun h => String.eqb (h_asset h) asset) hs <> None ->
  hold asset amount (hold asset (- amount) hs) = hs.
Proof.
  induction hs as [| h hs IH]; intros asset amount N; cbn in *; [contradiction |].
  destruct (String.eqb_spec (h_asset h) asset) as [E | E]; cbn.
  - rewrite String.eqb_refl. replace (h_amount h + - amount + amount) with (h_amount h) by lia.
    destruct h as [ha hm]. cbn in *. now subst.
  - replace (String.eqb (h_asset h) asset) with false by (symmetry; now apply String.eqb_neq). now rewrite IH.
Qed.

(** What was seized and is cancelled at the same index leaves the position as it was. *)
Theorem POS_6_as_it_was : forall p a o b released r h l asset position owner,
  a_goods a = OfCollateral asset position owner -> a_goods b = OfCollateral asset position owner ->
  0 < p_index p -> o_debt o = o_shares o * p_index p ->
  find (fun h => String.eqb (h_asset h) asset) (p_holdings p) <> None ->
  evolve_position (evolve_position p (Opened a o)) (Cancelled b (o_collateral o) (o_debt o) released r h l) = p.
Proof.
  intros * E F X D N. destruct a as [al an at_ av ag], b as [bl bn bt bv bg]. cbn in E, F. subst ag bg. cbn -[mul_div].
  replace (0 <? p_index p) with true by lia. rewrite hold_back by assumption.
  pose proof (FIX_1_ceil (o_debt o) 1 (p_index p) X) as C. rewrite D in *.
  set (q := mul_div _ _ _ _) in *. clearbody q.
  assert (q = o_shares o) as -> by nia.
  destruct p as [pi po pl ph ps px]. cbn in *. f_equal. lia.
Qed.
