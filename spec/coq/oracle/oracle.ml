(** Oracle: answers the lines of a session by the model, or compares the answers that they have.

    [oracle answer] reads lines and writes each again, with the answer that the model gives.
    [oracle check] reads lines with their answers, and says where the model's differ: exit status 1.
    The format is that of spec/conformance/README.md. *)

open Yojson.Safe.Util

type session = { name : string; book : Book.book option }

let book_of session =
  match session.book with Some book -> book | None -> Decimal.fail "a session that has begun" session.name

(** What is asked of a book: the answer, and the book after it. *)
let ask book json =
  match Reading.ask json with
  | Of_no_lot name -> (Call.refused (NotFound (NoLot, name)), book)
  | Command command -> (
      match Book.step_book book command with
      | Ok (events, after) -> (Call.decision (Ok events), after)
      | No refusal -> (Call.refused refusal, book))

(* Lines *)

let kinds = [ "session"; "hold"; "ask"; "state" ] @ List.map fst Call.functions

let kind json =
  match List.find_opt (fun name -> Reading.field_if name json <> None) kinds with
  | Some name -> name
  | None -> Decimal.fail ("one of the fields " ^ String.concat ", " kinds) (Json.shown json)

(** The answer to a line, and the session after it. *)
let step session json =
  let name = kind json in
  let given = Reading.field name json in
  match name with
  | "session" ->
      let book = Book.empty_book (Reading.rad (Reading.field "ceiling" json))
          (Reading.treasury_terms (Reading.field "treasury" json)) in
      ([], { name = Reading.text given; book = Some book })
  | "hold" -> ([], { session with book = Some (Book.hold_position (book_of session) (Reading.position given)) })
  | "ask" ->
      let answer, book = ask (book_of session) given in
      (answer, { session with book = Some book })
  | "state" -> ([ ("state", State.of_book (book_of session)) ], session)
  | _ -> ((List.assoc name Call.functions) given, session)

(** The names of the fields that a line's answer may have. *)
let answers = [ "events"; "postings"; "refusal"; "state"; "is" ]

let is_answer (name, _) = List.mem name answers

(** Commands and other lines that were answered alike, and those that were not. *)
type count = { mutable asks : int; mutable states : int; mutable calls : int; mutable wrong : int }

let check count number session json =
  let answer, after = step session json in
  let given = `Assoc (List.filter is_answer (to_assoc json)) in
  (match kind json with
  | "session" | "hold" -> ()
  | "ask" -> count.asks <- count.asks + 1
  | "state" -> count.states <- count.states + 1
  | _ -> count.calls <- count.calls + 1);
  match Json.difference "" given (`Assoc answer) with
  | None -> Some after
  | Some (path, found, computed) ->
      count.wrong <- count.wrong + 1;
      let id = match Reading.field_if "id" json with Some (`String id) -> id | _ -> kind json in
      if count.wrong <= 5 then
        Printf.printf "line %d, %s of session %s, differs at %s:\n  given    %s\n  computed %s\n  line     %s\n" number
          id session.name path found computed (Json.shown json);
      None

let answer session json =
  let answer, after = step session json in
  let kept = List.filter (fun field -> not (is_answer field)) (to_assoc json) in
  print_endline (Yojson.Safe.to_string (`Assoc (kept @ answer)));
  Some after

(** Carries out all lines; after a line that differs, the rest of its session is left out. *)
let run each =
  let rec next number session =
    match input_line stdin with
    | exception End_of_file -> ()
    | text -> (
        let after =
          try
            let json = Yojson.Safe.from_string text in
            match session with
            | None when kind json <> "session" -> None
            | _ -> each number (Option.value session ~default:{ name = "none"; book = None }) json
          with Decimal.Unreadable why | Yojson.Json_error why ->
            Printf.eprintf "line %d: %s\n" number why;
            exit 2
        in
        next (number + 1) after)
  in
  next 1 (Some { name = "none"; book = None })

let () =
  if not (Number.is_as_in_coq Extract.divided Extract.raised) then (
    prerr_endline "number.ml does not divide, or raise to powers, as Coq does";
    exit 2);
  match Sys.argv with
  | [| _; "answer" |] -> run (fun _ -> answer)
  | [| _; "check" |] ->
      let count = { asks = 0; states = 0; calls = 0; wrong = 0 } in
      run (check count);
      Printf.printf "%d commands, %d states and %d function calls compared, %d differ\n" count.asks count.states
        count.calls count.wrong;
      if count.wrong > 0 then exit 1
  | _ ->
      prerr_endline "usage: oracle answer|check <lines of JSON";
      exit 2
