(** House: the totals that limit a new lot, and the breakers of its lines.

    The model of [src/core/House.ts]; the rules are HOU-1 to HOU-12 (spec/12-house.md). *)

From Coq Require Import ZArith List Bool String.
From Knockdown.model Require Import Fixed Terms Event.
Import ListNotations.
Open Scope Z_scope.

(** A map with names as keys: the first entry of a name counts. *)
Fixpoint lookup {K A : Type} (same : K -> K -> bool) (key : K) (m : list (K * A)) : option A :=
  match m with
  | [] => None
  | (k, a) :: rest => if same k key then Some a else lookup same key rest
  end.

(** The map with an entry in its place, or at the end. *)
Fixpoint insert {K A : Type} (same : K -> K -> bool) (key : K) (value : A) (m : list (K * A)) : list (K * A) :=
  match m with
  | [] => [(key, value)]
  | (k, a) :: rest => if same k key then (k, value) :: rest else (k, a) :: insert same key value rest
  end.

Record line := Line {
  l_level : Z;
  l_version : Z;
  l_in_flight : Z;
  l_opened : Z;
  l_last_at : Z }.

Record house := House {
  k_opens : bool;
  k_ceiling : Z;
  k_in_flight : Z;
  k_lines : list (string * line);
  k_last_at : Z }.

Definition empty_house (ceiling : Z) : house := House true ceiling 0 [] 0.

Definition line_of (k : house) (name : string) : option line := lookup String.eqb name (k_lines k).

(** The last instant that a change of a line, or an opening in it, may not come before (HOU-1). *)
Definition last_of (k : house) (l : option line) : Z :=
  Z.max (k_last_at k) (match l with Some one => l_last_at one | None => 0 end).

(** What an event adds to the money in flight of its line, or, below zero, releases (HOU-7). *)
Definition flow (e : event) : Z :=
  match e with
  | Opened _ o => o_target o
  | Taken _ _ _ _ repaid penalty _ => - repaid - penalty
  | Closed _ _ _ _ _ released | Cancelled _ _ _ released _ _ _ => - released
  | _ => 0
  end.

Inductive house_command :=
| ChangeTerms (at_ : Z) (t : terms)
| ChangeLevel (at_ : Z) (line : string) (level : Z)
| ChangeHouse (at_ ceiling : Z) (opens : bool).

Definition at_house (k : house) (l : option line) (at_ : Z) (next : result (list event)) : result (list event) :=
  guard (is_time at_ (last_of k l)) (BadTime at_ (last_of k l)) next.

Definition decide_house (k : house) (c : house_command) : result (list event) :=
  match c with
  | ChangeTerms at_ t =>
      let current := line_of k (t_line t) in
      let wanted := (match current with Some l => l_version l | None => 0 end) + 1 in
      at_house k current at_
      (guard (t_version t =? wanted) (NotNextVersion (t_version t) wanted) (Ok [TermsChanged at_ t]))
  | ChangeLevel at_ name level =>
      match line_of k name with
      | None => No (NoSuchLine name)
      | Some l =>
          at_house k (Some l) at_
          (guard ((0 <=? level) && (level <=? 3)) (BadSetting level) (Ok [LevelChanged name at_ level]))
      end
  | ChangeHouse at_ ceiling opens =>
      at_house k None at_
      (guard (0 <=? ceiling) (BadSetting ceiling) (Ok [HouseChanged at_ ceiling opens]))
  end.

Definition fresh_line : line := Line 0 0 0 0 0.

Definition with_line (name : string) (change : line -> line) (k : house) : house :=
  let l := match line_of k name with Some one => one | None => fresh_line end in
  House (k_opens k) (k_ceiling k) (k_in_flight k) (insert String.eqb name (change l) (k_lines k)) (k_last_at k).

Definition house_at (at_ : Z) (k : house) : house :=
  House (k_opens k) (k_ceiling k) (k_in_flight k) (k_lines k) at_.

Definition add_flow (added : Z) (k : house) : house :=
  House (k_opens k) (k_ceiling k) (k_in_flight k + added) (k_lines k) (k_last_at k).

(** A line after an event that adds to its money in flight, or releases. *)
Definition flowed (e : event) (l : line) : line :=
  match e with
  | Opened a _ =>
      Line (l_level l) (l_version l) (l_in_flight l + flow e) (l_opened l + 1) (a_at a)
  | _ => Line (l_level l) (l_version l) (l_in_flight l + flow e) (l_opened l) (l_last_at l)
  end.

Definition evolve_house (k : house) (e : event) : house :=
  match e with
  | HouseChanged at_ ceiling opens => House opens ceiling (k_in_flight k) (k_lines k) at_
  | TermsChanged at_ t =>
      house_at at_ (with_line (t_line t)
        (fun l => Line (l_level l) (t_version t) (l_in_flight l) (l_opened l) at_) k)
  | LevelChanged name at_ level =>
      house_at at_ (with_line name (fun l => Line level (l_version l) (l_in_flight l) (l_opened l) at_) k)
  | Opened a _ | Taken a _ _ _ _ _ _ | Closed a _ _ _ _ _ | Cancelled a _ _ _ _ _ _ =>
      add_flow (flow e) (with_line (a_line a) (flowed e) k)
  | _ => k
  end.
