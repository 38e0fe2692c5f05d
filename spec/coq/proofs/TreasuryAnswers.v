(** What the treasury agrees to: each command that it carries out meets its rules. *)

From Coq Require Import ZArith Lia List Bool String.
From Knockdown.model Require Import Fixed Terms Event English Treasury Auction.
From Knockdown.proofs Require Import Accounts LotLaws.
Import ListNotations.
Open Scope Z_scope.

Strategy expand [decide_treasury heal mature open_surplus open_debt ready_in].

(** ** The checks of each command *)

Lemma receive_ok : forall y v one at_ from amount es, decide_treasury y v one (Receive at_ from amount) = Ok es ->
  0 < amount /\ es = [Received at_ from amount].
Proof. intros * H. unfold decide_treasury in H. answered H. apply Z.ltb_lt in G0. subst. auto. Qed.

Lemma mature_ok : forall y v one at_ es, decide_treasury y v one (Mature at_) = Ok es ->
  exists i, one = Some i /\ 0 < i_amount i /\ i_queued_at i + y_wait y <= at_ /\ i_amount i <= v_queued v /\
  es = [Matured at_ (i_queued_at i) (i_amount i)].
Proof.
  intros * H. unfold decide_treasury, mature in H. answered H. destruct one as [i |]; [| discriminate]. answered H.
  rewrite andb_true_iff, Z.ltb_lt in G0. apply Z.leb_le in G2, G3. exists i. subst. tauto.
Qed.

Lemma heal_ok : forall y v one at_ amount o es, decide_treasury y v one (Heal at_ amount o) = Ok es ->
  0 < amount /\ amount <= v_surplus v /\ amount <= match o with OnAuction => v_on_auction v | Ready => ready v end /\
  es = [Healed at_ amount o].
Proof.
  intros * H. unfold decide_treasury, heal, ready_in in H. answered H. apply Z.ltb_lt in G0. apply Z.leb_le in G2.
  destruct o; answered H; rewrite Z.leb_le in *; subst; auto.
Qed.

Lemma open_surplus_ok : forall y v one at_ es, decide_treasury y v one (OpenSurplus at_) = Ok es ->
  0 <= y_surplus_lot y /\ 0 <= y_buffer y /\ v_losses v + y_surplus_lot y + y_buffer y <= v_surplus v /\
  ready v = 0 /\ v_opens v = true /\ v_selling v + y_surplus_lot y <= y_limit y /\
  exists ends_at hard_ends_at, ends (y_width y) (y_surplus_sale y) at_ 770 = Ok (ends_at, hard_ends_at) /\
  es = [SurplusOpened (about_own y v at_ (OfSurplus (y_surplus_token y))) (y_surplus_lot y) (y_min_first_bid y)
          ends_at hard_ends_at].
Proof.
  intros * H. unfold decide_treasury, open_surplus, ready_in in H. answered H.
  rewrite andb_true_iff, !Z.leb_le in G0. rewrite Z.leb_le in *. rewrite Z.eqb_eq in *. subst es.
  repeat (split; [tauto || assumption |]). do 2 eexists. split; [eassumption | reflexivity].
Qed.

Lemma open_debt_ok : forall y v one at_ es, decide_treasury y v one (OpenDebt at_) = Ok es ->
  0 <= y_debt_lot y /\ 0 <= y_tokens y /\ y_debt_lot y <= ready v /\ v_surplus v = 0 /\ v_opens v = true /\
  exists ends_at hard_ends_at, ends (y_width y) (y_debt_sale y) at_ 770 = Ok (ends_at, hard_ends_at) /\
  es = [DebtOpened (about_own y v at_ (OfDebt (y_debt_token y))) (y_debt_lot y) (y_tokens y) ends_at hard_ends_at
          (s_held (y_debt_sale y))].
Proof.
  intros * H. unfold decide_treasury, open_debt, ready_in in H. answered H.
  rewrite andb_true_iff, !Z.leb_le in G0. rewrite Z.leb_le in *. rewrite Z.eqb_eq in *. subst es.
  repeat (split; [tauto || assumption |]). do 2 eexists. split; [eassumption | reflexivity].
Qed.

(** ** The rules *)

(** HOU-1: the treasury's commands come at a second of the clock, not before its last event. *)
Theorem HOU_1_treasury : forall y v one c es, decide_treasury y v one c = Ok es ->
  v_last_at v <= treasury_time c <= MAX_SAFE.
Proof.
  intros * H. unfold decide_treasury in H. apply guard_ok in H. destruct H as [G _]. unfold is_time in G.
  rewrite !andb_true_iff, !Z.leb_le in G. lia.
Qed.

(** TRE-1: what is received or healed is above zero, and what terms open does not count below it. *)
Theorem TRE_1 : forall y v one c es, decide_treasury y v one c = Ok es ->
  match c with
  | Receive _ _ amount | Heal _ amount _ => 0 < amount
  | Mature _ => True
  | OpenSurplus _ => 0 <= y_surplus_lot y /\ 0 <= y_buffer y
  | OpenDebt _ => 0 <= y_debt_lot y /\ 0 <= y_tokens y
  end.
Proof.
  intros * H. destruct c; [| exact I | | |];
    [apply receive_ok in H | apply heal_ok in H | apply open_surplus_ok in H | apply open_debt_ok in H]; tauto.
Qed.

(** TRE-2: only an entry of the queue matures, of more than zero, whole, after its wait, and no more than is queued; *)
Theorem TRE_2 : forall y v one at_ es, decide_treasury y v one (Mature at_) = Ok es ->
  exists i, one = Some i /\ 0 < i_amount i /\ i_queued_at i + y_wait y <= at_ /\ i_amount i <= v_queued v /\
  es = [Matured at_ (i_queued_at i) (i_amount i)].
Proof. exact mature_ok. Qed.

(** a loss that a lot books waits in the queue, *)
Theorem TRE_2_queued : forall v e, match e with Closed _ _ _ _ _ _ | Opened _ _ => True | _ => False end ->
  v_queued (evolve_treasury v e) = v_queued v + queued_by e.
Proof. intros v e. destruct e; intros []; reflexivity. Qed.

(** and rewards, and bids repaid with new money, do not. *)
Theorem TRE_2_at_once : forall v e,
  v_queued (evolve_treasury v e) = v_queued v + queued_by e - match e with Matured _ _ amount => amount | _ => 0 end /\
  match e with Reset _ _ _ _ _ | Stopped _ _ _ _ _ => queued_by e = 0 | _ => True end.
Proof.
  intros v e. destruct e; cbn [evolve_treasury v_queued queued_by]; split; try exact I; try lia; try reflexivity;
    destruct (is_surplus (a_goods a)); cbn [v_queued queued_by]; try lia.
  destruct h, r; cbn [v_queued]; lia.
Qed.

(** TRE-3: of losses on auction no more is healed than there is, and nothing beyond the surplus; *)
Theorem TRE_3 : forall y v one at_ amount o es, decide_treasury y v one (Heal at_ amount o) = Ok es ->
  amount <= v_surplus v /\ match o with OnAuction => amount <= v_on_auction v | Ready => True end.
Proof. intros * H. apply heal_ok in H. destruct o; tauto. Qed.

(** surplus is sold only where it is at least the losses, the lot and the buffer. *)
Theorem TRE_3_surplus : forall y v one at_ es, decide_treasury y v one (OpenSurplus at_) = Ok es ->
  v_losses v + y_surplus_lot y + y_buffer y <= v_surplus v.
Proof. intros * H. apply open_surplus_ok in H. tauto. Qed.

(** TRE-4: ready are the losses less those queued less those on auction: no more is healed of them, *)
Theorem TRE_4_heal : forall y v one at_ amount es, decide_treasury y v one (Heal at_ amount Ready) = Ok es ->
  amount <= v_losses v - v_queued v - v_on_auction v.
Proof. intros * H. apply heal_ok in H. tauto. Qed.

(** and no debt auction opens for more. *)
Theorem TRE_4_debt : forall y v one at_ es, decide_treasury y v one (OpenDebt at_) = Ok es ->
  y_debt_lot y <= v_losses v - v_queued v - v_on_auction v.
Proof. intros * H. apply open_debt_ok in H. tauto. Qed.

(** TRE-5: surplus is sold only when no loss is ready. *)
Theorem TRE_5 : forall y v one at_ es, decide_treasury y v one (OpenSurplus at_) = Ok es -> ready v = 0.
Proof. intros * H. apply open_surplus_ok in H. tauto. Qed.

(** TRE-6: tokens are sold only when there is no surplus. *)
Theorem TRE_6 : forall y v one at_ es, decide_treasury y v one (OpenDebt at_) = Ok es -> v_surplus v = 0.
Proof. intros * H. apply open_debt_ok in H. tauto. Qed.

(** TRE-7: a treasury that is closed opens no auctions; *)
Theorem TRE_7 : forall y v one c es, decide_treasury y v one c = Ok es ->
  match c with OpenSurplus _ | OpenDebt _ => v_opens v = true | _ => True end.
Proof. intros * H. destruct c; try exact I; [apply open_surplus_ok in H | apply open_debt_ok in H]; tauto. Qed.

(** it still receives, matures and heals, as if it were open; *)
Theorem TRE_7_closed : forall y v one c opens, match c with OpenSurplus _ | OpenDebt _ => False | _ => True end ->
  decide_treasury y (Treasury (v_surplus v) (v_losses v) (v_queued v) (v_on_auction v) (v_selling v) opens
                       (v_opened v) (v_last_at v)) one c = decide_treasury y v one c.
Proof. intros y v one c opens. destruct c; intros []; reflexivity. Qed.

(** and it closes and opens with the house, by nothing else. *)
Theorem TRE_7_house : forall v e, v_opens (evolve_treasury v e) = match e with HouseChanged _ _ opens => opens | _ => v_opens v end.
Proof.
  intros v e. destruct e; cbn [evolve_treasury v_opens]; try reflexivity;
    destruct (is_surplus (a_goods a)); cbn [v_opens]; try reflexivity.
  destruct h, r; reflexivity.
Qed.

(** TRE-8: the surplus on auction with what is added is at most the limit. *)
Theorem TRE_8 : forall y v one at_ es, decide_treasury y v one (OpenSurplus at_) = Ok es ->
  v_selling (fold_left evolve_treasury es v) <= y_limit y.
Proof.
  intros * H. apply open_surplus_ok in H. destruct H as (_ & _ & _ & _ & _ & L & ends_at & hard_ends_at & _ & ->). exact L.
Qed.

(** What is settled or stopped is on auction no longer. *)
Theorem TRE_8_over : forall v e, match e with
  | Settled a _ _ sold _ _ _ _ | Stopped a _ sold _ _ =>
      is_surplus (a_goods a) = true -> v_selling (evolve_treasury v e) = v_selling v - sold
  | _ => True
  end.
Proof. intros v e. destruct e; try exact I; cbn [evolve_treasury]; intros ->; reflexivity. Qed.

(** TRE-10: the treasury's auctions are named after its line and counted from one, surplus and debt together. *)
Theorem TRE_10 : forall y v one c es, decide_treasury y v one c = Ok es ->
  match c with
  | OpenSurplus at_ => exists l, map lot_of es = [Some (ByBidding l)] /\ e_id l = LotName (y_line y) (v_opened v + 1) /\
      e_goods l = OfSurplus (y_surplus_token y) /\ e_sold l = y_surplus_lot y /\ e_bid l = 0 /\ e_bidder l = None /\
      e_reserve l = y_min_first_bid y /\ e_held l = Escrow
  | OpenDebt at_ => exists l, map lot_of es = [Some (ByBidding l)] /\ e_id l = LotName (y_line y) (v_opened v + 1) /\
      e_goods l = OfDebt (y_debt_token y) /\ e_sold l = y_tokens y /\ e_bid l = y_debt_lot y /\ e_bidder l = None /\
      e_held l = s_held (y_debt_sale y)
  | _ => True
  end.
Proof.
  intros * H. destruct c; try exact I.
  - apply open_surplus_ok in H. destruct H as (_ & _ & _ & _ & _ & _ & ends_at & hard_ends_at & _ & ->).
    eexists. split; [reflexivity |]. repeat split.
  - apply open_debt_ok in H. destruct H as (_ & _ & _ & _ & _ & ends_at & hard_ends_at & _ & ->).
    eexists. split; [reflexivity |]. repeat split.
Qed.

Theorem TRE_10_counted : forall v e, v_opened (evolve_treasury v e) =
  v_opened v + match e with SurplusOpened _ _ _ _ _ | DebtOpened _ _ _ _ _ _ => 1 | _ => 0 end.
Proof.
  intros v e. destruct e; cbn [evolve_treasury v_opened]; try lia;
    destruct (is_surplus (a_goods a)); cbn [v_opened]; try lia.
  destruct h, r; cbn [v_opened]; lia.
Qed.
