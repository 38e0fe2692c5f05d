(** Book: one house, its positions, lots and treasury, and the events that made them.

    The model of [src/engine/Book.ts] (PRT-1, PRT-2): what a command touches is looked up, the core decides, and
    the events are folded into all that read them. *)

From Coq Require Import ZArith List Bool String.
From Knockdown.model Require Import Fixed Terms Event Position House Treasury Auction English.
Import ListNotations.
Open Scope Z_scope.

Record book := Book {
  b_house : house;
  b_treasury : treasury;
  b_treasury_terms : treasury_terms;
  (** Of every line its terms by version, the newest first. *)
  b_terms : list (string * list terms);
  b_positions : list (string * position);
  b_lots : list (lot_name * lot);
  (** The losses that wait, by the instant they were queued. *)
  b_queue : list (Z * Z) }.

Definition empty_book (ceiling : Z) (y : treasury_terms) : book :=
  Book (empty_house ceiling) empty_treasury y [] [] [] [].

Inductive command :=
| Open (at_ : Z) (keeper position : string) (quotes : list quote)
| ToLot (name : lot_name) (c : lot_command)
| ToHouse (c : house_command)
| ToTreasury (c : treasury_command) (queued_at : option Z).

(** The name of money, which no asset may have (PRT-2). *)
Definition money_name : string := "Money".

Definition versions (b : book) (name : string) : list terms :=
  match lookup String.eqb name (b_terms b) with Some ts => ts | None => [] end.

Definition in_force (b : book) (name : string) : option terms := hd_error (versions b name).

(** The terms that a lot obeys: those in force, or those it was opened under. *)
Definition terms_of (b : book) (l : lot) : option terms :=
  match binding_of l with
  | InForce => in_force b (line_name l)
  | AtOpening => find (fun t => t_version t =? version_of l) (versions b (line_name l))
  end.

Definition lot_at (b : book) (name : lot_name) : option lot := lookup same_name name (b_lots b).

Definition decide_lot (b : book) (l : lot) (c : lot_command) : result (list event) :=
  let y := b_treasury_terms b in
  match l, goods_of l with
  | ByBidding e, OfSurplus _ => decide_english (y_version y) (y_width y) (y_surplus_sale y) 0 e c
  | ByBidding e, OfDebt _ => decide_english (y_version y) (y_width y) (y_debt_sale y) 0 e c
  | _, _ =>
      match terms_of b l, line_of (b_house b) (line_name l) with
      | Some t, Some one => decide t (l_level one) l c
      | _, _ => No (NotFound NoLine (line_name l))
      end
  end.

(** The first name in terms that means something else already (PRT-2). *)
Definition taken_in (b : book) (t : terms) : option string :=
  if String.eqb (t_line t) (y_line (b_treasury_terms b)) then Some (t_line t)
  else option_map c_asset (find (fun c => String.eqb (c_asset c) money_name) (t_collaterals t)).

(** The events that a command would cause, or why it is refused. *)
Definition decide_book (b : book) (c : command) : result (list event) :=
  match c with
  | Open at_ keeper position quotes =>
      match lookup String.eqb position (b_positions b) with
      | None => No (NotFound NoPosition position)
      | Some p =>
          match in_force b (p_line p) with
          | None => No (NotFound NoLine (p_line p))
          | Some t => open t (b_house b) p quotes at_ keeper
          end
      end
  | ToLot name c =>
      match lot_at b name with
      | None => No (NoLotOf name)
      | Some l => decide_lot b l c
      end
  | ToHouse c =>
      match match c with ChangeTerms _ t => taken_in b t | _ => None end with
      | Some name => No (NameTaken name)
      | None => decide_house (b_house b) c
      end
  | ToTreasury c queued_at =>
      let one :=
        match queued_at with
        | None => None
        | Some instant => option_map (Entry instant) (lookup Z.eqb instant (b_queue b))
        end in
      decide_treasury (b_treasury_terms b) (b_treasury b) one c
  end.

(** What waits in the queue after an event. *)
Definition evolve_queue (q : list (Z * Z)) (e : event) : list (Z * Z) :=
  let add instant :=
    if 0 <? queued_by e then
      insert Z.eqb instant ((match lookup Z.eqb instant q with Some n => n | None => 0 end) + queued_by e) q
    else q in
  match e with
  | Opened a _ | Closed a _ _ _ _ _ => add (a_at a)
  | Matured _ queued_at _ => filter (fun one => negb (fst one =? queued_at)) q
  | _ => q
  end.

Definition evolve_positions (ps : list (string * position)) (e : event) : list (string * position) :=
  match e with
  | Opened (About _ _ _ _ (OfCollateral _ name _)) _
  | Cancelled (About _ _ _ _ (OfCollateral _ name _)) _ _ _ _ _ _ =>
      match lookup String.eqb name ps with
      | Some p => insert String.eqb (p_id p) (evolve_position p e) ps
      | None => ps
      end
  | _ => ps
  end.

(** What an event is about, if that is a lot. *)
Definition about_of (e : event) : option about :=
  match e with
  | Opened a _ | Taken a _ _ _ _ _ _ | Reset a _ _ _ _ | Closed a _ _ _ _ _ | Cancelled a _ _ _ _ _ _
  | Raised a _ _ _ | Shrunk a _ _ _ | Restarted a _ _ _ _ | Settled a _ _ _ _ _ _ _ | Stopped a _ _ _ _
  | SurplusOpened a _ _ _ _ | DebtOpened a _ _ _ _ _ => Some a
  | _ => None
  end.

Definition evolve_lots (ls : list (lot_name * lot)) (e : event) : list (lot_name * lot) :=
  match about_of e with
  | None => ls
  | Some a =>
      match lot_of e with
      | Some l => insert same_name (a_lot a) l ls
      | None =>
          match lookup same_name (a_lot a) ls with
          | Some l => insert same_name (a_lot a) (evolve_lot l e) ls
          | None => ls
          end
      end
  end.

Definition evolve_terms (ts : list (string * list terms)) (e : event) : list (string * list terms) :=
  match e with
  | TermsChanged _ t =>
      let before := match lookup String.eqb (t_line t) ts with Some them => them | None => [] end in
      insert String.eqb (t_line t) (t :: before) ts
  | _ => ts
  end.

(** Folds an event into everything that reads it (ACC-10). *)
Definition apply (b : book) (e : event) : book :=
  Book (evolve_house (b_house b) e) (evolve_treasury (b_treasury b) e) (b_treasury_terms b)
       (evolve_terms (b_terms b) e) (evolve_positions (b_positions b) e) (evolve_lots (b_lots b) e)
       (evolve_queue (b_queue b) e).

(** Puts a position in the book: loans change outside it. *)
Definition hold_position (b : book) (p : position) : book :=
  Book (b_house b) (b_treasury b) (b_treasury_terms b) (b_terms b)
       (insert String.eqb (p_id p) p (b_positions b)) (b_lots b) (b_queue b).

(** Carries a command out: what happened, and the book after it; a refusal changes nothing. *)
Definition step_book (b : book) (c : command) : result (list event * book) :=
  let! es := decide_book b c in Ok (es, fold_left apply es b).
