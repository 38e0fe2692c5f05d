(** Call: decisions as JSON, and the functions of the core that lines of spec/conformance call by themselves. *)

type answer = (string * Json.t) list

(* Decisions *)

let refused refusal : answer = [ ("refusal", Refusing.refusal refusal) ]

let decision (result : Event.event list Event.result) : answer =
  match result with
  | No refusal -> refused refusal
  | Ok events ->
      [ ("events", `List (List.map Giving.event events));
        ("postings", `List (List.map Giving.posting (List.concat_map Ledger.postings events))) ]

(* Functions *)

let is json : answer = [ ("is", json) ]

let price = Giving.or_null Giving.ray

let mul_div json : answer =
  let units name = Reading.units (Reading.field name json) in
  let rounding =
    Reading.one_of
      [ ("floor", Fixed.Floor); ("ceil", Ceil); ("halfUp", HalfUp); ("halfEven", HalfEven) ]
      (Reading.field "rounding" json)
  in
  is (Giving.units (Fixed.mul_div (units "x") (units "y") (units "d") rounding))

let rpow json =
  is (price (Fixed.rpow (Reading.ray (Reading.field "x" json)) (Reading.units (Reading.field "n" json))))

let price_at json =
  let at name = Reading.field name json in
  is
    (price
       (Curve.price_at (Reading.width (at "width")) (Reading.curve (at "curve")) (Reading.ray (at "startPrice"))
          (Reading.duration (at "elapsed"))))

(** A part of a seizure made elsewhere: its asset is sold as the terms say. *)
let part terms json =
  let at name = Reading.field name json in
  let asset = Reading.text (at "asset") in
  let of_asset c = c.Terms.c_asset = asset in
  let collaterals = terms.Terms.t_collaterals in
  let collateral =
    match List.find_opt of_asset collaterals with
    | Some one -> one
    | None -> { (List.hd collaterals) with c_asset = asset }
  in
  { Seizure.x_collateral = collateral; x_amount = Reading.wad (at "amount"); x_shares = Reading.wad (at "shares");
    x_debt = Reading.rad (at "debt"); x_target = Reading.rad (at "target"); x_market = Reading.ray (at "market") }

let line json =
  let at name = Reading.field name json in
  { House.l_level = Reading.whole (at "level"); l_version = Reading.whole (at "version");
    l_in_flight = Reading.rad (at "inFlight"); l_opened = Reading.whole (at "opened");
    l_last_at = Reading.whole (at "lastAt") }

let start json =
  let at name = Reading.field name json in
  let text name = Reading.text (at name) in
  let terms = Reading.terms (at "terms") in
  let parts = Reading.list (part terms) (at "parts") in
  decision
    (Auction.start_lots terms (line (at "line")) (text "position") (text "owner") (Reading.at json) (text "keeper") parts)

let plan json =
  let at name = Reading.field name json in
  let given (p : Seizure.part) : Json.t =
    `Assoc
      [ ("asset", Giving.text p.x_collateral.c_asset); ("amount", Giving.wad p.x_amount);
        ("shares", Giving.wad p.x_shares); ("debt", Giving.rad p.x_debt); ("target", Giving.rad p.x_target);
        ("market", Giving.ray p.x_market) ]
  in
  match
    Seizure.plan (Reading.terms (at "terms")) (Reading.position (at "position"))
      (Reading.list Reading.quote (at "quotes"))
      (Reading.rad (at "roomInHouse"))
      (Reading.rad (at "roomInLine"))
  with
  | No refusal -> refused refusal
  | Ok parts -> is (`List (List.map given parts))

let treasury json : Treasury.treasury =
  let rad name = Reading.rad (Reading.field name json) and whole name = Reading.whole (Reading.field name json) in
  { v_surplus = rad "surplus"; v_losses = rad "losses"; v_queued = rad "queued"; v_on_auction = rad "onAuction";
    v_selling = rad "selling"; v_opens = Reading.flag (Reading.field "opens" json); v_opened = whole "opened";
    v_last_at = whole "lastAt" }

let entry : Json.t -> Treasury.entry option = function
  | `Null -> None
  | json ->
      let at name = Reading.field name json in
      Some { i_queued_at = Reading.whole (at "queuedAt"); i_amount = Reading.rad (at "amount") }

let decide_treasury json =
  let at name = Reading.field name json in
  decision
    (Treasury.decide_treasury (Reading.treasury_terms (at "terms")) (treasury (at "treasury")) (entry (at "entry"))
       (Reading.to_treasury (at "command")))

(** Every function by its name. *)
let functions =
  [ ("mulDiv", mul_div); ("rpow", rpow); ("priceAt", price_at); ("plan", plan); ("start", start);
    ("decideTreasury", decide_treasury) ]
