(** Decimal: numbers as decimal text: a Wad has 18 places, a Ray 27, a Rad 45, a count of units none. *)

exception Unreadable of string

let fail what text = raise (Unreadable (Printf.sprintf "found %s, wanted %s" text what))

let is_digits text = text <> "" && String.for_all (fun c -> c >= '0' && c <= '9') text

(** The number of units that a text stands for: a minus, digits, and a point with digits, no more of them than places. *)
let read places text =
  let is_below = String.length text > 0 && text.[0] = '-' in
  let plain = if is_below then String.sub text 1 (String.length text - 1) else text in
  let whole, part =
    match String.split_on_char '.' plain with
    | [ whole ] -> (whole, "")
    | [ whole; part ] when is_digits part -> (whole, part)
    | _ -> fail "a plain decimal" text
  in
  if not (is_digits whole) then fail "a plain decimal" text;
  if String.length part > places then fail (Printf.sprintf "at most %d places" places) text;
  let units = Z.of_string (whole ^ part ^ String.make (places - String.length part) '0') in
  if is_below then Z.neg units else units

(** The shortest text that reads back as the same number. *)
let write places units =
  let digits = Z.to_string (Z.abs units) in
  let missing = max 0 (places + 1 - String.length digits) in
  let digits = String.make missing '0' ^ digits in
  let point = String.length digits - places in
  let rec last i = if i > point && digits.[i - 1] = '0' then last (i - 1) else i in
  let till = last (String.length digits) in
  let whole = String.sub digits 0 point in
  let text = if till = point then whole else whole ^ "." ^ String.sub digits point (till - point) in
  if Z.sign units < 0 then "-" ^ text else text
