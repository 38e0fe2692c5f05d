(** Giving: terms, events and postings as JSON, in the format of spec/conformance/README.md. *)

open Terms
open Event

type json = Yojson.Safe.t

(* Parts *)

let text s : json = `String s
let wad n : json = `String (Decimal.write 18 n)
let ray n : json = `String (Decimal.write 27 n)
let rad n : json = `String (Decimal.write 45 n)
let units n : json = `String (Decimal.write 0 n)
let whole n : json = if Z.fits_int n then `Int (Z.to_int n) else `Intlit (Z.to_string n)
let flag b : json = `Bool b
let or_null give = function None -> (`Null : json) | Some one -> give one
let tagged name fields : json = `Assoc (("_tag", text name) :: fields)

let lot_name { n_line; n_number } = n_line ^ "/" ^ Z.to_string n_number
let lot name = text (lot_name name)

(* Terms *)

let rec curve (c : Curve.curve) =
  match c with
  | Constant share -> tagged "Constant" [ ("share", ray share) ]
  | Linear zero_after -> tagged "Linear" [ ("zeroAfter", units zero_after) ]
  | Stairs (every, keep) -> tagged "Stairs" [ ("stepEvery", units every); ("keepPerStep", ray keep) ]
  | Exponential keep -> tagged "Exponential" [ ("keepPerSecond", ray keep) ]
  | Piecewise (points, between, after_last) ->
      let point { Curve.p_after; p_share } = `Assoc [ ("after", units p_after); ("share", ray p_share) ] in
      tagged "Piecewise"
        [ ("points", `List (List.map point points));
          ("between", text (match between with Straight -> "linear" | Steps -> "step"));
          ("afterLast", text (match after_last with Hold -> "hold" | Zero -> "zero")) ]
  | Scaled (by_, of_) -> tagged "Scaled" [ ("by", ray by_); ("of", curve of_) ]
  | Floored (at, of_) -> tagged "Floored" [ ("at", ray at); ("of", curve of_) ]
  | Capped (at, of_) -> tagged "Capped" [ ("at", ray at); ("of", curve of_) ]

let edges e = text (match e with HalfOpen -> "halfOpen" | Strict -> "strict")
let held h = text (match h with Escrow -> "escrow" | Income -> "income")
let loss_at l = text (match l with AtClose -> "close" | AtSeizure -> "seizure")
let binding b = text (match b with InForce -> "inForce" | AtOpening -> "atOpening")

let sale = function
  | ByPrice s ->
      let reset =
        match s.s_reset with
        | Never -> tagged "Never" []
        | WhenStale (after, below) -> tagged "WhenStale" [ ("after", units after); ("below", ray below) ]
      in
      tagged "Dutch"
        [ ("curve", curve s.s_curve); ("markup", ray s.s_markup); ("reset", reset);
          ("reserve", ray s.s_claim); ("minLeft", rad s.s_min_left); ("minCollateralLeft", wad s.s_min_collateral_left);
          ("emptySale", text (match s.s_empty_sale with RefuseEmpty -> "refuse" | AllowEmpty -> "allow"));
          ("edges", edges s.s_edges) ]
  | ByBids s ->
      let ending =
        match s.s_ending with
        | Fixed -> tagged "Fixed" []
        | Extended (by_, hard_end) -> tagged "Extended" [ ("by", units by_); ("hardEnd", units hard_end) ]
      in
      tagged "English"
        [ ("minRaise", wad s.s_min_raise); ("bidLasts", units s.s_bid_lasts); ("lasts", units s.s_lasts);
          ("ending", ending); ("reserve", ray s.s_reserve); ("held", held s.s_held);
          ("growth", wad s.s_growth); ("edges", edges s.s_bid_edges) ]

let collateral c =
  let support =
    match c.c_support with
    | Ratio ratio -> tagged "Ratio" [ ("ratio", ray ratio) ]
    | LoanToValue share -> tagged "LoanToValue" [ ("share", ray share) ]
    | Margin share -> tagged "Margin" [ ("share", ray share) ]
  in
  `Assoc
    [ ("asset", text c.c_asset); ("support", support); ("haircut", ray c.c_haircut); ("sale", sale c.c_sale) ]

let payer = function Protocol -> tagged "Protocol" [] | Fund name -> tagged "Fund" [ ("of", text name) ]

let sizing z =
  let cap =
    match z.z_cap with
    | Room -> tagged "Room" []
    | Slice (most, min_room) -> tagged "Slice" [ ("most", rad most); ("minRoom", rad min_room) ]
  in
  let dust =
    match z.z_dust with
    | Ignore -> tagged "Ignore" []
    | Refuse min_debt -> tagged "Refuse" [ ("minDebt", rad min_debt) ]
    | Absorb min_debt -> tagged "Absorb" [ ("minDebt", rad min_debt) ]
  in
  `Assoc
    [ ("closeFactor", wad z.z_close_factor); ("cap", cap); ("dust", dust);
      ("penaltyRate", wad z.z_penalty_rate);
      ("split", text (match z.z_split with ByValue -> "byValue" | InOrder -> "inOrder")) ]

let terms t =
  let reward =
    `Assoc
      [ ("flat", rad t.t_reward.r_flat); ("rate", wad t.t_reward.r_rate);
        ("limit", text (match t.t_reward.r_limit with ByPenalty -> "penalty" | NoLimit -> "none"));
        ("payer", payer t.t_reward.r_payer) ]
  in
  `Assoc
    [ ("line", text t.t_line); ("version", whole t.t_version);
      ("width", text (match t.t_width with Unbounded -> "unbounded" | Uint256 -> "uint256"));
      ("binding", binding t.t_binding);
      ("unsafe", text (match t.t_unsafe with Below -> "below" | AtOrBelow -> "atOrBelow"));
      ("collaterals", `List (List.map collateral t.t_collaterals)); ("ceiling", rad t.t_ceiling);
      ("sizing", sizing t.t_sizing); ("reward", reward); ("lossAt", loss_at t.t_loss_at); ("format", `Int 1) ]

(* Events *)

let goods = function
  | OfCollateral (asset, position, owner) ->
      tagged "Collateral" [ ("asset", text asset); ("position", text position); ("owner", text owner) ]
  | OfSurplus token -> tagged "Surplus" [ ("token", text token) ]
  | OfDebt token -> tagged "Debt" [ ("token", text token) ]

let about { a_lot; a_line; a_at; a_terms; a_goods } =
  [ ("lot", lot a_lot); ("line", text a_line); ("at", whole a_at); ("terms", whole a_terms); ("goods", goods a_goods) ]

let refund = or_null (fun { f_bidder; f_amount } -> `Assoc [ ("bidder", text f_bidder); ("amount", units f_amount) ])
let rewarded keeper reward p = [ ("keeper", text keeper); ("reward", rad reward); ("payer", payer p) ]
let ends ends_at hard_ends_at = [ ("endsAt", whole ends_at); ("hardEndsAt", whole hard_ends_at) ]

let standing s =
  [ ("bidder", text s.g_bidder); ("held", held s.g_held); ("lossAt", loss_at s.g_loss_at); ("bid", units s.g_bid);
    ("paid", units s.g_paid); ("outbid", refund s.g_outbid); ("bidExpiresAt", whole s.g_expires_at);
    ("endsAt", whole s.g_ends_at) ]

let start = function
  | StartDutch price -> tagged "Dutch" [ ("startPrice", ray price) ]
  | StartEnglish (ends_at, hard_ends_at, reserve, h) ->
      tagged "English" (ends ends_at hard_ends_at @ [ ("reserve", rad reserve); ("held", held h) ])

let repays repaid penalty = [ ("repaid", rad repaid); ("penalty", rad penalty) ]

let event = function
  | Opened (a, o) ->
      tagged "Opened"
        (about a @ rewarded o.o_keeper o.o_reward o.o_payer
        @ [ ("collateral", wad o.o_collateral); ("shares", wad o.o_shares); ("debt", rad o.o_debt);
            ("target", rad o.o_target); ("lossAt", loss_at o.o_loss_at); ("binding", binding o.o_binding);
            ("start", start o.o_start) ])
  | Taken (a, bidder, price, bought, repaid, penalty, l) ->
      tagged "Taken"
        (about a @ repays repaid penalty
        @ [ ("bidder", text bidder); ("price", ray price); ("bought", wad bought); ("lossAt", loss_at l) ])
  | Reset (a, price, keeper, reward, p) ->
      tagged "Reset" (about a @ rewarded keeper reward p @ [ ("startPrice", ray price) ])
  | Closed (a, returned, bad_debt, shortfall, l, released) ->
      tagged "Closed"
        (about a
        @ [ ("returned", wad returned); ("badDebt", rad bad_debt); ("shortfall", rad shortfall);
            ("lossAt", loss_at l); ("released", rad released) ])
  | Cancelled (a, amount, debt, released, back, h, l) ->
      tagged "Cancelled"
        (about a
        @ [ ("collateral", wad amount); ("debt", rad debt); ("released", rad released); ("refund", refund back);
            ("held", held h); ("lossAt", loss_at l) ])
  | Raised (a, s, repaid, penalty) -> tagged "Raised" (about a @ standing s @ repays repaid penalty)
  | Shrunk (a, s, sold, freed) ->
      tagged "Shrunk" (about a @ standing s @ [ ("sold", units sold); ("freed", units freed) ])
  | Restarted (a, ends_at, hard_ends_at, reserve, sold) ->
      tagged "Restarted"
        (about a @ ends ends_at hard_ends_at @ [ ("reserve", units reserve); ("sold", units sold) ])
  | Settled (a, bidder, bid, sold, repaid, penalty, h, l) ->
      tagged "Settled"
        (about a @ repays repaid penalty
        @ [ ("bidder", text bidder); ("bid", units bid); ("sold", units sold); ("held", held h);
            ("lossAt", loss_at l) ])
  | Stopped (a, bid, sold, back, h) ->
      tagged "Stopped"
        (about a @ [ ("bid", units bid); ("sold", units sold); ("refund", refund back); ("held", held h) ])
  | SurplusOpened (a, sold, reserve, ends_at, hard_ends_at) ->
      tagged "SurplusOpened"
        (about a @ ends ends_at hard_ends_at
        @ [ ("sold", rad sold); ("reserve", wad reserve); ("held", held Escrow) ])
  | DebtOpened (a, bid, sold, ends_at, hard_ends_at, h) ->
      tagged "DebtOpened"
        (about a @ ends ends_at hard_ends_at @ [ ("bid", rad bid); ("sold", wad sold); ("held", held h) ])
  | TermsChanged (at, t) ->
      tagged "TermsChanged" [ ("line", text t.t_line); ("at", whole at); ("terms", terms t) ]
  | LevelChanged (line, at, level) ->
      tagged "LevelChanged" [ ("line", text line); ("at", whole at); ("level", whole level) ]
  | HouseChanged (at, ceiling, opens) ->
      tagged "HouseChanged" [ ("at", whole at); ("ceiling", rad ceiling); ("opens", flag opens) ]
  | Received (at, from, amount) ->
      tagged "Received" [ ("at", whole at); ("from", text from); ("amount", rad amount) ]
  | Matured (at, queued_at, amount) ->
      tagged "Matured" [ ("at", whole at); ("queuedAt", whole queued_at); ("amount", rad amount) ]
  | Healed (at, amount, o) ->
      let of_ = match o with Ready -> "ready" | OnAuction -> "onAuction" in
      tagged "Healed" [ ("at", whole at); ("amount", rad amount); ("of", text of_) ]

(* Postings *)

let asset = function
  | Ledger.CollateralOf name -> "Collateral " ^ name
  | TokenOf name -> "Token " ^ name
  | Money -> "Money"
  | Debt -> "Debt"
  | Loss -> "Loss"

let account = function
  | Ledger.PositionOf name -> "Position " ^ name
  | OwnerOf name -> "Owner " ^ name
  | LotOf name -> "Lot " ^ lot_name name
  | EscrowOf name -> "Escrow " ^ lot_name name
  | BidderOf name -> "Bidder " ^ name
  | KeeperOf name -> "Keeper " ^ name
  | RewardPayerOf name -> "RewardPayer " ^ name
  | PayerOf name -> "Payer " ^ name
  | Repaid -> "Repaid"
  | Penalty -> "Penalty"
  | BadDebt -> "BadDebt"
  | ProtocolOwn -> "Protocol"
  | HealedAway -> "Healed"
  | Issued -> "Issued"
  | Burned -> "Burned"
  | Canceller -> "Canceller"

let posting { Ledger.m_asset; m_from; m_to; m_amount } =
  let amount = match m_asset with CollateralOf _ | TokenOf _ -> wad | Money | Debt | Loss -> rad in
  `Assoc
    [ ("asset", text (asset m_asset)); ("from", text (account m_from)); ("to", text (account m_to));
      ("amount", amount m_amount) ]
