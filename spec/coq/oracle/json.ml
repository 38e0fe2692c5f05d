(** Json: when two values are the same, and what of one is shown. *)

type t = Yojson.Safe.t

(** The first characters of a value's text. *)
let shown (json : t) =
  let text = Yojson.Safe.to_string json in
  if String.length text <= 300 then text else String.sub text 0 300 ^ "..."

let rec sorted : t -> t = function
  | `Assoc fields ->
      `Assoc (List.sort (fun (a, _) (b, _) -> compare a b) (List.map (fun (name, one) -> (name, sorted one)) fields))
  | `List all -> `List (List.map sorted all)
  | json -> json

(** Where two values first differ, and what stands there in each; the order of fields counts for nothing. *)
let rec difference path (a : t) (b : t) =
  let deeper key = if path = "" then key else path ^ "." ^ key in
  match (a, b) with
  | `Assoc left, `Assoc right -> (
      let names = List.sort_uniq compare (List.map fst left @ List.map fst right) in
      let at name = function
        | Some one, Some other -> difference (deeper name) one other
        | Some one, None -> Some (deeper name, shown one, "nothing")
        | None, Some other -> Some (deeper name, "nothing", shown other)
        | None, None -> None
      in
      match
        List.filter_map (fun name -> at name (List.assoc_opt name left, List.assoc_opt name right)) names
      with
      | first :: _ -> Some first
      | [] -> None)
  | `List left, `List right when List.length left = List.length right ->
      let all = List.mapi (fun i (one, other) -> difference (deeper (string_of_int i)) one other) (List.combine left right) in
      List.find_opt Option.is_some all |> Option.join
  | _ -> if sorted a = sorted b then None else Some (path, shown a, shown b)
