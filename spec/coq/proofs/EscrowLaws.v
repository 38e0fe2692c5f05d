(** What waits in escrow: the bid that stands, where bids wait there, and nothing else. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event Dutch English Position House Auction Treasury Ledger Book.
From Knockdown.proofs Require Import Accounts LotLaws Bounds Effects Maps BookLaws Steps Conservation EnglishLaws.
Import ListNotations.
Open Scope Z_scope.

Strategy expand [raise shrink restart settle cancel_english decide_dutch decide_english decide decide_lot way_out admitted].

(** What stays true of every lot that is so when it is opened, and after whatever fits it. *)
Lemma of_lots : forall (P : lot -> Prop),
  (forall b e l, happens b e -> lot_of e = Some l -> P l) ->
  (forall l e, fits_lot l e -> P l -> P (evolve_lot l e)) ->
  forall ceiling y es b, reach ceiling y es b -> forall n l, lot_at b n = Some l -> P l.
Proof.
  intros P PO PF ceiling y.
  apply (proj1 (always ceiling y (fun _ b => forall n l, lot_at b n = Some l -> P l)
    ltac:(intros n l; discriminate) ltac:(intros es b p _ H; exact H)
    ltac:(
      intros es b e K H A n l L; unfold lot_at in L;
      destruct (happens_cases b e A) as [N | [(a & new & N & O) | (a & old & N & O & F & _)]];
      [ rewrite (apply_else b e N) in L; exact (H n l L)
      | rewrite (apply_opening b a new e N O) in L
      | rewrite (apply_fitting b a old e N O F) in L ];
      (destruct (same_name n (a_lot a)) eqn:E;
       [ apply same_name_iff in E; subst n; rewrite name_lookup_insert in L; injection L as <-
       | rewrite name_lookup_other in L by (intros ->; now rewrite same_name_refl in E); exact (H n l L) ]);
      [ exact (PO b e new A O) | exact (PF old e F (H _ _ O)) ]))).
Qed.

(** An auction's bids are in turn: ENG-13. *)
Definition turned (l : lot) : Prop := match l with ByFalling _ => True | ByBidding b => in_turn b end.

Lemma all_turned : forall ceiling y es b, reach ceiling y es b -> forall n l, lot_at b n = Some l -> turned l.
Proof.
  apply of_lots.
  - intros b e l H L. destruct l as [d | x]; [exact I |]. apply (ENG_13_opening e x L).
    destruct e; try discriminate L; try exact I; cbn [happens] in H; tauto.
  - intros l e F T. destruct l as [d | x]; [exact I |]. exact (ENG_13_after x e F T).
Qed.

(** The bid that waits for a lot. *)
Definition waits (l : lot) : Z :=
  match l with
  | ByFalling _ => 0
  | ByBidding b =>
      if is_income (e_held b) || e_ended b then 0 else match e_bidder b with Some _ => e_bid b | None => 0 end
  end.

Definition held_for (l : lot) (n : lot_name) (x : asset) (amount : Z) : Z :=
  if same_name (id_of l) n && same_asset (paid_in (goods_of l)) x then amount else 0.

(** A bid, a restart or a cancel moves into escrow how what waits there changes. *)
Lemma escrow_moved : forall x n b e, fits_lot (ByBidding b) e -> within (ByBidding b) e -> in_turn b ->
  match e with Settled _ _ _ _ _ _ _ _ | Closed _ _ _ _ _ _ => False | _ => True end ->
  net x (EscrowOf n) (moves e) = held_for (ByBidding b) n x (waits (ByBidding (evolve_english b e)) - waits (ByBidding b)).
Proof.
  intros x n b e F W [T S] K. unfold held_for. cbn [id_of goods_of].
  destruct e; cbn [fits_lot within is_over] in F, W; try contradiction.
  - (* Cancelled *)
    destruct F as ((N & _ & G) & C & -> & _ & _ & _ & _ & ->). destruct a as [al an at_ av ag]. cbn in N, G. subst.
    unfold waits. cbn [evolve_english e_held e_ended e_bidder e_bid moves]. rewrite W, orb_true_r, orb_false_r.
    destruct (e_goods b); try discriminate; destruct (e_held b), l; cbn [is_income]; destruct (e_bidder b);
      try destruct (Z.eqb_spec (e_bid b) 0); cbn [app a_goods a_lot paid_in sold_of position_of]; spell; cbn [f_bidder f_amount];
      destruct x; try destruct (same_name (e_id b) n); cbn [andb];
      repeat match goal with |- context [String.eqb ?u ?v] => destruct (String.eqb u v) end; lia.
  - (* Raised *)
    destruct F as ((N & _ & G) & D & Hh & Hl & P & O & _). destruct W as (_ & _ & _ & _ & _ & W).
    destruct a as [al an at_ av ag], s as [gb gh gl gbid gp go ge gend].
    cbn [a_lot a_goods id_of goods_of g_bidder g_held g_loss_at g_bid g_paid g_outbid] in *. subst.
    unfold waits. cbn [evolve_english e_held e_ended e_bidder e_bid moves g_bidder g_bid]. rewrite W, orb_false_r.
    unfold outbid_by, is_standing_of, bid_moves, first_for_debt. cbn [g_held g_outbid g_paid g_bidder a_goods a_lot g_loss_at].
    destruct (e_goods b); try discriminate; destruct (e_held b), (e_loss_at b); cbn [is_income];
      (destruct (e_bidder b) as [one |]; [destruct (String.eqb one gb) |]);
      cbn [app paid_in sold_of]; spell; cbn [f_bidder f_amount];
      destruct x; try destruct (same_name (e_id b) n); cbn [andb];
      repeat match goal with |- context [String.eqb ?u ?v] => destruct (String.eqb u v) end; lia.
  - (* Shrunk *)
    destruct F as ((N & _ & G) & D & Hh & Hl & B & P & O & _). destruct W as (_ & _ & W).
    destruct a as [al an at_ av ag], s as [gb gh gl gbid gp go ge gend].
    cbn [a_lot a_goods id_of goods_of g_bidder g_held g_loss_at g_bid g_paid g_outbid] in *. subst.
    unfold waits. cbn [evolve_english e_held e_ended e_bidder e_bid moves g_bidder g_bid]. rewrite W, orb_false_r.
    unfold outbid_by, is_standing_of, bid_moves, first_for_debt. cbn [g_held g_outbid g_paid g_bidder a_goods a_lot g_loss_at].
    destruct (e_goods b); try discriminate; destruct (e_held b); cbn [is_income];
      (destruct (e_bidder b) as [one |]; [destruct (String.eqb one gb) |]);
      cbn [app paid_in sold_of owner_of]; spell; cbn [f_bidder f_amount];
      destruct x; try destruct (same_name (e_id b) n); cbn [andb];
      repeat match goal with |- context [String.eqb ?u ?v] => destruct (String.eqb u v) end; lia.
  - (* Restarted *)
    destruct F as (_ & N & _). unfold waits. cbn [evolve_english e_held e_ended e_bidder e_bid moves].
    rewrite N. change (net x (EscrowOf n) []) with 0. rewrite Z.sub_diag. now destruct (_ && _).
  - (* Stopped *)
    destruct F as ((N & _ & G) & C & -> & _ & _ & ->). destruct a as [al an at_ av ag]. cbn in N, G. subst.
    unfold waits. cbn [evolve_english e_held e_ended e_bidder e_bid moves]. rewrite W, orb_true_r, orb_false_r.
    destruct (e_goods b); try discriminate; [rewrite (S eq_refl) |]; try destruct (e_held b); cbn [is_income]; destruct (e_bidder b);
      try destruct (Z.eqb_spec (e_bid b) 0); cbn [app a_goods a_lot paid_in sold_of position_of]; spell; cbn [f_bidder f_amount];
      destruct x; try destruct (same_name (e_id b) n); cbn [andb];
      repeat match goal with |- context [String.eqb ?u ?v] => destruct (String.eqb u v) end; lia.
Qed.

(** A falling lot has nothing to do with escrow. *)
Lemma no_escrow : forall x n d e, fits_lot (ByFalling d) e -> net x (EscrowOf n) (moves e) = 0.
Proof.
  intros x n d e F. destruct e; cbn [fits_lot] in F; try contradiction.
  - destruct l; cbn [moves payment app]; spell; destruct x; try destruct (same_asset _ _); cbn; lia.
  - destruct p; cbn [moves rewarded]; spell; destruct x; cbn; lia.
  - destruct a as [al an at_ av []], l; cbn [moves app a_goods sold_of owner_of]; spell; destruct x; try destruct (String.eqb _ _); cbn; lia.
  - destruct F as (_ & _ & _ & _ & _ & ->).
    destruct a as [al an at_ av []], l; cbn [moves app a_goods sold_of position_of repaid_to]; spell; destruct x;
      try destruct (String.eqb _ _); cbn; lia.
Qed.

Lemma no_escrow_all : forall x n es d, fit (ByFalling d) es -> net x (EscrowOf n) (ledger es) = 0.
Proof.
  induction es as [| e es IH]; intros d F; [reflexivity |]. destruct F as [F R].
  change (ledger (e :: es)) with (postings e ++ ledger es).
  rewrite net_app, ACC_5_nothing_left_out, (no_escrow x n d e F), (IH (evolve_dutch d e) R). reflexivity.
Qed.

Lemma ledger_one : forall x c e, net x c (ledger [e]) = net x c (moves e).
Proof. intros. unfold ledger. cbn [flat_map]. now rewrite app_nil_r, ACC_5_nothing_left_out. Qed.

(** A settlement takes the bid that waits out of escrow, and ends the lot. *)
Lemma settle_escrow : forall version ed b at_ es x n, in_turn b -> e_ended b = false -> settle version ed b at_ = Ok es ->
  let l := ByBidding b in
  net x (EscrowOf n) (ledger es) = held_for l n x (waits (fold_left evolve_lot es l) - waits l).
Proof.
  intros * [T S] W H l. apply settle_ok in H. destruct H as (who & repaid & penalty & _ & B & P & ->).
  unfold l, held_for, waits. cbn [id_of goods_of]. rewrite W, B, orb_false_r.
  unfold ledger. cbn [flat_map]. rewrite net_app, ACC_5_nothing_left_out.
  destruct (e_goods b) eqn:G; cbn [is_collateral andb] in *; cbn [flat_map fold_left evolve_lot evolve_english e_held e_ended e_bidder e_bid
    e_goods is_collateral negb];
    rewrite ?G; cbn [is_collateral negb]; rewrite ?app_nil_r, ?ACC_5_nothing_left_out, ?orb_true_r; try rewrite (S eq_refl);
    cbn [moves a_goods a_lot about_english]; rewrite ?G; cbn [sold_of paid_in owner_of app];
    destruct (e_held b), (e_loss_at b); cbn [is_income negb andb] in *; unfold principal_first in P; injection P as -> ->;
    cbn [app]; spell; destruct x; try destruct (same_name (e_id b) n); cbn [andb same_asset];
    repeat match goal with |- context [String.eqb ?u ?v] => destruct (String.eqb u v) end; lia.
Qed.

Lemma one_escrow : forall b e x n, fit (ByBidding b) [e] -> all_within (ByBidding b) [e] -> in_turn b ->
  match e with Settled _ _ _ _ _ _ _ _ | Closed _ _ _ _ _ _ => False | _ => True end ->
  net x (EscrowOf n) (ledger [e])
  = held_for (ByBidding b) n x (waits (fold_left evolve_lot [e] (ByBidding b)) - waits (ByBidding b)).
Proof. intros * [F _] [W _] T K. rewrite ledger_one. now apply escrow_moved. Qed.

Lemma cancel_one : forall version b at_ es, cancel_english version b at_ = Ok es ->
  exists e, es = [e] /\ match e with Settled _ _ _ _ _ _ _ _ | Closed _ _ _ _ _ _ => False | _ => True end.
Proof.
  intros * H. unfold cancel_english in H. destruct (is_collateral (e_goods b)); answered H; subst es; eexists; (split; [reflexivity | exact I]).
Qed.

(** What a command to a lot moves into escrow is how what waits for that lot changes. *)
Lemma command_escrow : forall b l c es x n, bounded l -> alive l -> turned l -> decide_lot b l c = Ok es ->
  net x (EscrowOf n) (ledger es) = held_for l n x (waits (fold_left evolve_lot es l) - waits l).
Proof.
  intros b l c es x n B A T H. pose proof (decide_lot_fits b l c es H) as F.
  destruct (decide_lot_within b l c es B A H) as [W _]. destruct l as [d | e].
  - rewrite (no_escrow_all x n es d F). unfold held_for.
    assert (Z0 : waits (fold_left evolve_lot es (ByFalling d)) = 0).
    { clear. revert d. induction es as [| e es IH]; intros d; [reflexivity | apply (IH (evolve_dutch d e))]. }
    rewrite Z0. cbn. now destruct (_ && _).
  - cbn [turned] in T.
    assert (E : forall version w s level, decide_english version w s level e c = Ok es ->
      net x (EscrowOf n) (ledger es)
      = held_for (ByBidding e) n x (waits (fold_left evolve_lot es (ByBidding e)) - waits (ByBidding e))).
    { clear H. intros * H. unfold decide_english in H. answered H. apply negb_true_iff in G1. destruct c; try discriminate.
      - apply raise_ok in H. destruct H as (_ & _ & _ & _ & _ & _ & _ & y & r & p & _ & _ & ->). now apply one_escrow.
      - apply shrink_ok in H. destruct H as (_ & _ & _ & _ & _ & _ & y & _ & ->). now apply one_escrow.
      - unfold restart in H. apply bind_ok in H. destruct H as [reserve [_ H]]. answered H.
        destruct (e_bidder e); [discriminate |]. answered H. subst es. now apply one_escrow.
      - now apply (settle_escrow _ _ _ _ _ x n T G1 H).
      - apply cancel_one in H. destruct H as (one & -> & K). now apply one_escrow. }
    assert (O : forall t level, decide t level (ByBidding e) c = Ok es ->
      net x (EscrowOf n) (ledger es)
      = held_for (ByBidding e) n x (waits (fold_left evolve_lot es (ByBidding e)) - waits (ByBidding e))).
    { clear H. intros * H. unfold decide in H. answered H. cbn [goods_of] in H. destruct (e_goods e); try discriminate.
      destruct (sale_of t asset) as [[s | s] |]; [| eapply E; exact H |];
        (unfold way_out in H; destruct c; try discriminate; answered H; apply negb_true_iff in G3;
         [now apply (settle_escrow _ _ _ _ _ x n T G3 H)
         | apply cancel_one in H; destruct H as (one & -> & K); now apply one_escrow]). }
    unfold decide_lot in H. destruct (goods_of (ByBidding e)); try (eapply E; exact H).
    destruct (terms_of b (ByBidding e)); [| discriminate].
    destruct (line_of (b_house b) (line_name (ByBidding e))); [| discriminate]. eapply O. exact H.
Qed.

(** What waits for the lot of a name, of an asset. *)
Definition waiting (b : book) (n : lot_name) (x : asset) : Z :=
  match lot_at b n with Some l => if same_asset (paid_in (goods_of l)) x then waits l else 0 | None => 0 end.

Lemma new_escrow : forall b e x n, kept b -> happens b e -> is_new e ->
  net x (EscrowOf n) (moves e) = 0 /\ waiting (apply b e) n x = waiting b n x.
Proof.
  intros b e x n K H N. split.
  - destruct e; try (destruct N as [N | N]; [discriminate N | now destruct N]); cbn [moves]; try reflexivity.
    + destruct a as [al an at_ av []], o as [oc os od ot [] ob ost ok orw []]; cbn;
        destruct x; spell; try destruct (String.eqb _ _); cbn; lia.
    + destruct x; spell; cbn; lia.
    + destruct x; spell; cbn; lia.
    + destruct x; spell; cbn; lia.
  - unfold waiting, lot_at. destruct (about_of e) as [a |] eqn:A; [| now rewrite (apply_else b e A)].
    destruct N as [N | N]; [congruence |]. destruct (lot_of e) as [l |] eqn:L; [| contradiction].
    rewrite (apply_opening b a l e A L). destruct (same_name n (a_lot a)) eqn:E.
    + apply same_name_iff in E. subst n. rewrite name_lookup_insert.
      destruct (opening_is_new b e a l K H A L) as [O _]. unfold lot_at in O. rewrite O.
      assert (Z0 : waits l = 0).
      { destruct e; try discriminate L; cbn [lot_of] in L; injection L as <-; [destruct (o_start o) | |]; cbn;
          try destruct h; cbn; reflexivity. }
      rewrite Z0. now destruct (same_asset _ _).
    + now rewrite name_lookup_other by (intros ->; now rewrite same_name_refl in E).
Qed.

Lemma all_new_escrow : forall es b x n, kept b -> all_happen b es -> Forall is_new es ->
  net x (EscrowOf n) (ledger es) = 0 /\ waiting (fold_left apply es b) n x = waiting b n x.
Proof.
  induction es as [| e es IH]; intros b x n K H N; [split; reflexivity |]. destruct H as [H R].
  inversion N as [| ? ? N1 N2]. subst. destruct (new_escrow b e x n K H N1) as [E1 E2].
  destruct (IH (apply b e) x n (kept_apply b e K H) R N2) as [I1 I2]. change (ledger (e :: es)) with (postings e ++ ledger es).
  cbn [fold_left]. rewrite net_app, ACC_5_nothing_left_out, E1, I1, I2, E2. split; reflexivity.
Qed.

(** ACC-8: between commands the escrow of a lot holds its standing bid where bids wait in escrow, and nothing otherwise. *)
Theorem ACC_8 : forall ceiling y es b, reach ceiling y es b -> forall n x, net x (EscrowOf n) (ledger es) = waiting b n x.
Proof.
  intros ceiling y es b R. induction R as [| es b p R IH | es b c fs R IH H]; intros n x; [reflexivity | exact (IH n x) |].
  destruct (reach_kept _ _ _ _ R) as [K Q]. destruct (decided_happens b c fs K Q H) as [A _].
  rewrite ledger_app, net_app, (IH n x).
  assert (D : (exists name l c', c = ToLot name c' /\ lot_at b name = Some l /\ decide_lot b l c' = Ok fs) \/ Forall is_new fs).
  { destruct c; try (right; eapply decides_new; [| exact H]; exact I). left. cbn [decide_book] in H.
    destruct (lot_at b name) as [l |] eqn:L; [| discriminate]. eauto 6. }
  destruct D as [(name & l & c' & -> & L & D) | N].
  - destruct K as [K _]. destruct (K _ _ L) as (N & _ & [_ B] & _). pose proof (decide_lot_fits _ _ _ _ D) as F.
    destruct (fit_folds fs b name l L N F) as [G1 G2].
    rewrite (command_escrow b l c' fs x n B (Q _ _ L) (all_turned _ _ _ _ R _ _ L) D). unfold waiting, held_for. rewrite N.
    assert (P : goods_of (fold_left evolve_lot fs l) = goods_of l).
    { clear - F. revert l F. induction fs as [| f fs IH]; intros l F; [reflexivity |]. destruct F as [F F'].
      cbn [fold_left]. rewrite (IH _ F'). now destruct (fits_keeps l f F) as (_ & _ & ->). }
    destruct (same_name name n) eqn:E.
    + apply same_name_iff in E. subst n. rewrite G1, L, P. cbn [andb]. destruct (same_asset _ _); lia.
    + rewrite G2 by (intros ->; now rewrite same_name_refl in E). cbn [andb]. lia.
  - destruct (all_new_escrow fs b x n K A N) as [-> ->]. lia.
Qed.

(** ** Who has paid *)

Definition is_bid (e : event) : bool :=
  match e with Raised _ _ _ _ | Shrunk _ _ _ _ | Restarted _ _ _ _ _ => true | _ => false end.

(** While a lot is bid for, whoever stands has paid his bid in all, and everybody else has got back all that he paid: *)
Theorem ACC_8_paid : forall es b who, fit (ByBidding b) es -> in_turn b -> forallb is_bid es = true ->
  net (paid_in (e_goods b)) (BidderOf who) (ledger es) = stands b who - stands (fold_left evolve_english es b) who.
Proof.
  induction es as [| e es IH]; intros b who F T K; [cbn; lia |]. destruct F as [F R]. cbn [forallb] in K.
  apply andb_true_iff in K. destruct K as [K K'].
  change (ledger (e :: es)) with (postings e ++ ledger es). rewrite net_app, ACC_5_nothing_left_out.
  rewrite (ENG_13 b e who F T) by (destruct e; try discriminate K; exact I).
  specialize (IH (evolve_english b e) who R (ENG_13_after b e F T) K').
  destruct (fits_keeps _ _ F) as (_ & _ & G). cbn [goods_of evolve_lot] in G. rewrite G in IH. rewrite IH. cbn [fold_left]. lia.
Qed.

(** whoever won pays no more and gets nothing of it back, *)
Theorem ACC_8_won : forall b a bidder bid sold repaid penalty h l who,
  fits_lot (ByBidding b) (Settled a bidder bid sold repaid penalty h l) ->
  net (paid_in (e_goods b)) (BidderOf who) (moves (Settled a bidder bid sold repaid penalty h l)) = 0.
Proof.
  intros * F. cbn [fits_lot] in F. destruct F as ((_ & _ & G) & _). destruct a as [al an at_ av ag]. cbn in G. subst ag.
  cbn [moves a_goods a_lot]. destruct (e_goods b), h, l; cbn [paid_in sold_of app]; spell; cbn;
    rewrite ?String.eqb_refl; lia.
Qed.

(** and whoever stood when a lot is handed back or stopped gets back his bid. *)
Theorem ACC_8_back : forall b e who, fits_lot (ByBidding b) e ->
  match e with Cancelled _ _ _ _ _ _ _ | Stopped _ _ _ _ _ => True | _ => False end ->
  net (paid_in (e_goods b)) (BidderOf who) (moves e) = stands b who.
Proof.
  intros b e who F K. destruct e; try contradiction; cbn [fits_lot] in F.
  - destruct F as ((_ & _ & G) & C & _ & _ & _ & _ & _ & ->). destruct a as [al an at_ av ag]. cbn in G. subst ag.
    cbn [moves a_goods a_lot]. unfold stands. destruct (e_goods b); try discriminate.
    destruct h, l, (e_bidder b) as [one |]; try destruct (Z.eqb_spec (e_bid b) 0); cbn [paid_in sold_of position_of app];
      spell; cbn [f_bidder f_amount]; rewrite ?String.eqb_refl; try destruct (String.eqb one who); lia.
  - destruct F as ((_ & _ & G) & C & _ & _ & _ & ->). destruct a as [al an at_ av ag]. cbn in G. subst ag.
    cbn [moves a_goods a_lot]. unfold stands. destruct (e_goods b); try discriminate;
      destruct h, (e_bidder b) as [one |]; try destruct (Z.eqb_spec (e_bid b) 0); cbn [paid_in sold_of position_of app];
      spell; cbn [f_bidder f_amount]; rewrite ?String.eqb_refl; try destruct (String.eqb one who); lia.
Qed.
