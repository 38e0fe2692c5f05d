(** Reading: what the lines of a session hold, from JSON, in the format of spec/conformance/README.md. *)

open Terms
open Yojson.Safe

let fail = Decimal.fail

(** The text of a value, as far as a message shows it. *)
let shown json = Json.shown json

(* Parts *)

let field name = function
  | `Assoc fields as json -> (
      match List.assoc_opt name fields with
      | Some value -> value
      | None -> fail (Printf.sprintf "the field %s" name) (shown json))
  | json -> fail "an object" (shown json)

let field_if name = function `Assoc fields -> List.assoc_opt name fields | _ -> None

let text = function `String s -> s | json -> fail "text" (shown json)
let flag = function `Bool b -> b | json -> fail "true or false" (shown json)
let list read = function `List all -> List.map read all | json -> fail "a list" (shown json)

let whole = function
  | `Int n -> Z.of_int n
  | `Intlit digits -> Z.of_string digits
  | json -> fail "a whole number" (shown json)

let decimal places json = Decimal.read places (text json)
let wad = decimal 18
let ray = decimal 27
let rad = decimal 45
let units = decimal 0

let duration = function `String _ as json -> units json | json -> whole json

(** One of these words. *)
let one_of words json =
  match List.assoc_opt (text json) words with
  | Some meaning -> meaning
  | None -> fail (String.concat " or " (List.map fst words)) (shown json)

let tag json = text (field "_tag" json)
let no_tag what json = fail what (shown (field "_tag" json))

(** A lot's name, [line/number]: what stands behind the last slash is the number. Nothing where it is none. *)
let lot_name name =
  match String.rindex_opt name '/' with
  | None -> None
  | Some i ->
      let number = String.sub name (i + 1) (String.length name - i - 1) in
      if Decimal.is_digits number && number.[0] <> '0' then
        Some { Event.n_line = String.sub name 0 i; n_number = Z.of_string number }
      else None

(* Terms *)

let rec curve json : Curve.curve =
  let of_ () = curve (field "of" json) in
  match tag json with
  | "Constant" -> Constant (ray (field "share" json))
  | "Linear" -> Linear (duration (field "zeroAfter" json))
  | "Stairs" -> Stairs (duration (field "stepEvery" json), ray (field "keepPerStep" json))
  | "Exponential" -> Exponential (ray (field "keepPerSecond" json))
  | "Piecewise" ->
      let point p = { Curve.p_after = duration (field "after" p); p_share = ray (field "share" p) } in
      let between = one_of [ ("linear", Curve.Straight); ("step", Curve.Steps) ] (field "between" json) in
      let after_last = one_of [ ("hold", Curve.Hold); ("zero", Curve.Zero) ] (field "afterLast" json) in
      Piecewise (list point (field "points" json), between, after_last)
  | "Scaled" -> Scaled (ray (field "by" json), of_ ())
  | "Floored" -> Floored (ray (field "at" json), of_ ())
  | "Capped" -> Capped (ray (field "at" json), of_ ())
  | _ -> no_tag "a curve" json

let width json : Fixed.width = one_of [ ("unbounded", Fixed.Unbounded); ("uint256", Fixed.Uint256) ] json
let edges = one_of [ ("halfOpen", HalfOpen); ("strict", Strict) ]
let held = one_of [ ("escrow", Escrow); ("income", Income) ]

let reset json =
  match tag json with
  | "Never" -> Never
  | "WhenStale" -> WhenStale (duration (field "after" json), ray (field "below" json))
  | _ -> no_tag "Never or WhenStale" json

let dutch json =
  { s_curve = curve (field "curve" json);
    s_markup = ray (field "markup" json);
    s_reset = reset (field "reset" json);
    s_claim = ray (field "reserve" json);
    s_min_left = rad (field "minLeft" json);
    s_min_collateral_left = wad (field "minCollateralLeft" json);
    s_empty_sale = one_of [ ("refuse", RefuseEmpty); ("allow", AllowEmpty) ] (field "emptySale" json);
    s_edges = edges (field "edges" json) }

let ending json =
  match tag json with
  | "Fixed" -> Fixed
  | "Extended" -> Extended (duration (field "by" json), duration (field "hardEnd" json))
  | _ -> no_tag "Fixed or Extended" json

let english json =
  { s_min_raise = wad (field "minRaise" json);
    s_bid_lasts = duration (field "bidLasts" json);
    s_lasts = duration (field "lasts" json);
    s_ending = ending (field "ending" json);
    s_reserve = ray (field "reserve" json);
    s_held = held (field "held" json);
    s_growth = wad (field "growth" json);
    s_bid_edges = edges (field "edges" json) }

let sale json =
  match tag json with
  | "Dutch" -> ByPrice (dutch json)
  | "English" -> ByBids (english json)
  | _ -> no_tag "Dutch or English" json

let support json =
  match tag json with
  | "Ratio" -> Ratio (ray (field "ratio" json))
  | "LoanToValue" -> LoanToValue (ray (field "share" json))
  | "Margin" -> Margin (ray (field "share" json))
  | _ -> no_tag "Ratio, LoanToValue or Margin" json

let collateral json =
  { c_asset = text (field "asset" json);
    c_support = support (field "support" json);
    c_haircut = ray (field "haircut" json);
    c_sale = sale (field "sale" json) }

let cap json =
  match tag json with
  | "Room" -> Room
  | "Slice" -> Slice (rad (field "most" json), rad (field "minRoom" json))
  | _ -> no_tag "Room or Slice" json

let dust json =
  match tag json with
  | "Ignore" -> Ignore
  | "Refuse" -> Refuse (rad (field "minDebt" json))
  | "Absorb" -> Absorb (rad (field "minDebt" json))
  | _ -> no_tag "Ignore, Refuse or Absorb" json

let sizing json =
  { z_close_factor = wad (field "closeFactor" json);
    z_cap = cap (field "cap" json);
    z_dust = dust (field "dust" json);
    z_penalty_rate = wad (field "penaltyRate" json);
    z_split = one_of [ ("byValue", ByValue); ("inOrder", InOrder) ] (field "split" json) }

let payer json =
  match tag json with
  | "Protocol" -> Protocol
  | "Fund" -> Fund (text (field "of" json))
  | _ -> no_tag "Protocol or Fund" json

let reward json =
  { r_flat = rad (field "flat" json);
    r_rate = wad (field "rate" json);
    r_limit = one_of [ ("penalty", ByPenalty); ("none", NoLimit) ] (field "limit" json);
    r_payer = payer (field "payer" json) }

let loss_at = one_of [ ("close", AtClose); ("seizure", AtSeizure) ]

let terms json =
  { t_line = text (field "line" json);
    t_version = whole (field "version" json);
    t_width = width (field "width" json);
    t_binding = one_of [ ("inForce", InForce); ("atOpening", AtOpening) ] (field "binding" json);
    t_unsafe = one_of [ ("below", Below); ("atOrBelow", AtOrBelow) ] (field "unsafe" json);
    t_collaterals = list collateral (field "collaterals" json);
    t_ceiling = rad (field "ceiling" json);
    t_sizing = sizing (field "sizing" json);
    t_reward = reward (field "reward" json);
    t_loss_at = loss_at (field "lossAt" json) }

let treasury_terms json =
  let surplus = field "surplus" json and debt = field "debt" json in
  { y_line = text (field "line" json);
    y_version = whole (field "version" json);
    y_width = width (field "width" json);
    y_wait = duration (field "wait" json);
    y_surplus_token = text (field "token" surplus);
    y_surplus_lot = rad (field "lot" surplus);
    y_buffer = rad (field "buffer" surplus);
    y_limit = rad (field "limit" surplus);
    y_min_first_bid = wad (field "minFirstBid" surplus);
    y_surplus_sale = english (field "sale" surplus);
    y_debt_token = text (field "token" debt);
    y_debt_lot = rad (field "lot" debt);
    y_tokens = wad (field "tokens" debt);
    y_debt_sale = english (field "sale" debt) }

(* Positions and prices *)

let holding json = { Position.h_asset = text (field "asset" json); h_amount = wad (field "amount" json) }

let position json =
  { Position.p_id = text (field "id" json);
    p_owner = text (field "owner" json);
    p_line = text (field "line" json);
    p_holdings = list holding (field "holdings" json);
    p_shares = wad (field "shares" json);
    p_index = ray (field "index" json) }

let quote json =
  { Position.q_asset = text (field "asset" json);
    q_risk = ray (field "risk" json);
    q_market = ray (field "market" json) }

(* Commands *)

let want json : Event.want =
  match tag json with
  | "All" -> All
  | "Amount" -> Amount (wad (field "amount" json))
  | "Spend" -> Spend (rad (field "money" json))
  | _ -> no_tag "All, Amount or Spend" json

let at json = whole (field "at" json)

let to_lot json : Event.lot_command =
  let bidder () = text (field "bidder" json) and bid () = units (field "bid" json) in
  let sold () = units (field "sold" json) and market () = ray (field "market" json) in
  match tag json with
  | "Take" ->
      Take (at json, bidder (), want (field "want" json), ray (field "limit" json), wad (field "atLeast" json))
  | "Reset" -> ResetLot (at json, text (field "keeper" json), market ())
  | "Raise" -> Raise (at json, bidder (), bid (), sold ())
  | "Shrink" -> Shrink (at json, bidder (), bid (), sold ())
  | "Restart" -> Restart (at json, market ())
  | "Settle" -> Settle (at json)
  | "Cancel" -> Cancel (at json)
  | _ -> no_tag "a command to a lot" json

let to_house json : House.house_command =
  match tag json with
  | "ChangeTerms" -> ChangeTerms (at json, terms (field "terms" json))
  | "ChangeLevel" -> ChangeLevel (at json, text (field "line" json), whole (field "level" json))
  | "ChangeHouse" -> ChangeHouse (at json, rad (field "ceiling" json), flag (field "opens" json))
  | _ -> no_tag "a command to a house" json

let to_treasury json : Treasury.treasury_command =
  match tag json with
  | "Receive" -> Receive (at json, text (field "from" json), rad (field "amount" json))
  | "Mature" -> Mature (at json)
  | "Heal" ->
      let of_ = one_of [ ("ready", Event.Ready); ("onAuction", Event.OnAuction) ] (field "of" json) in
      Heal (at json, rad (field "amount" json), of_)
  | "OpenSurplus" -> OpenSurplus (at json)
  | "OpenDebt" -> OpenDebt (at json)
  | _ -> no_tag "a command to a treasury" json

(** What is asked; a lot whose name is none the model cannot be asked for. *)
type ask = Command of Book.command | Of_no_lot of string

let ask json =
  let command () = field "command" json in
  match tag json with
  | "Open" ->
      let quotes = list quote (field "quotes" json) in
      Command (Open (at json, text (field "keeper" json), text (field "position" json), quotes))
  | "ToLot" -> (
      let name = text (field "lot" json) and asked = to_lot (command ()) in
      match lot_name name with Some lot -> Command (ToLot (lot, asked)) | None -> Of_no_lot name)
  | "ToHouse" -> Command (ToHouse (to_house (command ())))
  | "ToTreasury" -> Command (ToTreasury (to_treasury (command ()), Option.map whole (field_if "queuedAt" json)))
  | _ -> no_tag "Open, ToLot, ToHouse or ToTreasury" json
