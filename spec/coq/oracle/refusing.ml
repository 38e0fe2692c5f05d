(** Refusing: refusals as JSON: tag, rule and facts. *)

open Event
open Giving

let fact = function Name name -> text name | Version version -> text (Z.to_string version)

(** What a number was that does not fit its width, and the stage at which a rule formed it (FIX-5). *)
let formed = function
  | SupportOfCollateral -> ("support of the collateral", 115)
  | DebtOfPosition -> ("debt of the position", 116)
  | RoomLeft -> ("room", 125)
  | SharesUnderCloseFactor -> ("shares under the close factor", 135)
  | RoomAsMoney -> ("room", 140)
  | SharesThatFit -> ("shares that fit the room", 142)
  | DebtLeft -> ("debt left", 145)
  | CollateralSeized -> ("collateral seized", 155)
  | ValueOfCollateral -> ("value of the collateral", 166)
  | SplitOfDebt -> ("split of the debt", 168)
  | Target -> ("target", 170)
  | MoneyInFlight -> ("money in flight", 180)
  | PriceOfAmount -> ("price of the amount", 340)
  | StartPrice -> ("start price", 390)
  | RewardFormed -> ("reward", 395)
  | EndOfAuction stage -> ("end of the auction", Z.to_int stage)
  | StepOfBid -> ("step of the bid", 460)
  | TimeOfBid -> ("time that the bid stands", 480)
  | RestartSells -> ("what a restart sells", 525)
  | EndOfWait -> ("end of the wait", 708)
  | LossesThatWait -> ("losses that wait", 712)
  | SurplusNeeded -> ("surplus needed", 718)
  | LossesReady -> ("losses that are ready", 725)
  | SurplusOnAuction -> ("surplus on auction", 755)

let missing = function NoPosition -> "position" | NoLot -> "lot" | NoLine -> "line"

(** The tag of a refusal, its rule, and its facts. *)
let parts = function
  | NotFound (what, name) -> ("NotFound", "PRT-1", [ ("what", text (missing what)); ("name", text name) ])
  | NoLotOf name -> ("NotFound", "PRT-1", [ ("what", text "lot"); ("name", lot name) ])
  | NameTaken name -> ("NameTaken", "PRT-2", [ ("name", text name) ])
  | BadTime (at, last_at) -> ("BadTime", "HOU-1", [ ("at", units at); ("lastAt", whole last_at) ])
  | OutOfRange what ->
      let what, stage = formed what in
      ("OutOfRange", "FIX-5", [ ("what", text what); ("stage", `Int stage) ])
  | OtherTerms (wanted, given) -> ("OtherTerms", "HOU-2", [ ("wanted", fact wanted); ("given", fact given) ])
  | Halted level -> ("Halted", "HOU-4", [ ("level", whole level) ])
  | Ended -> ("Ended", "HOU-5", [])
  | WrongAuction -> ("WrongAuction", "HOU-6", [])
  | HouseClosed -> ("HouseClosed", "HOU-3", [])
  | NoRiskPrice asset -> ("NoRiskPrice", "POS-3", [ ("asset", text asset) ])
  | Safe (support, debt) -> ("Safe", "POS-2", [ ("support", rad support); ("debt", rad debt) ])
  | CeilingReached (house, line) ->
      ("CeilingReached", "SEI-1", [ ("roomInHouse", rad house); ("roomInLine", rad line) ])
  | DustyDebt (debt, least) -> ("DustyDebt", "SEI-4", [ ("debt", rad debt); ("minDebt", rad least) ])
  | NothingSeized -> ("NothingSeized", "SEI-5", [])
  | NoTarget -> ("NoTarget", "SEI-6", [])
  | NoCollateral -> ("NoCollateral", "SEI-12", [])
  | NoOwner -> ("NoOwner", "SEI-7", [])
  | NoValue asset -> ("NoValue", "SEI-8", [ ("asset", text asset) ])
  | NoMarketPrice asset -> ("NoMarketPrice", "SEI-11", [ ("asset", text asset) ])
  | NoStartPrice market -> ("NoStartPrice", "DUT-9", [ ("market", ray market) ])
  | NoPrice (start, elapsed) -> ("NoPrice", "CRV-9", [ ("startPrice", ray start); ("elapsed", units elapsed) ])
  | Stale price -> ("Stale", "DUT-2", [ ("price", ray price) ])
  | NotStale price -> ("NotStale", "DUT-2", [ ("price", ray price) ])
  | TooExpensive (price, limit) -> ("TooExpensive", "DUT-3", [ ("price", ray price); ("limit", ray limit) ])
  | NothingWanted price -> ("NothingWanted", "DUT-4", [ ("price", ray price) ])
  | TooLittleLeft (target, min_left, collateral, min_collateral_left) ->
      ( "TooLittleLeft", "DUT-6",
        [ ("target", rad target); ("minLeft", rad min_left); ("collateral", wad collateral);
          ("minCollateralLeft", wad min_collateral_left) ] )
  | NothingBought -> ("NothingBought", "DUT-7", [])
  | BelowLeast (bought, least) -> ("BelowLeast", "DUT-8", [ ("bought", wad bought); ("atLeast", wad least) ])
  | BidExpired expires -> ("BidExpired", "ENG-1", [ ("bidExpiresAt", whole expires) ])
  | PastEnd ends_at -> ("PastEnd", "ENG-1", [ ("endsAt", whole ends_at) ])
  | NotWhatStands (stands, given) -> ("NotWhatStands", "ENG-2", [ ("stands", units stands); ("given", units given) ])
  | TargetNotBid (bid, target) -> ("TargetNotBid", "ENG-3", [ ("bid", units bid); ("target", units target) ])
  | AboveTarget (bid, target) -> ("AboveTarget", "ENG-4", [ ("bid", units bid); ("target", units target) ])
  | NotBetter (given, stands) -> ("NotBetter", "ENG-5", [ ("given", units given); ("stands", units stands) ])
  | TooSmallStep (given, stands) -> ("TooSmallStep", "ENG-6", [ ("given", units given); ("stands", units stands) ])
  | BelowReserve (bid, reserve) -> ("BelowReserve", "ENG-7", [ ("bid", units bid); ("reserve", units reserve) ])
  | NotWon (expires, ends_at) ->
      ("NotWon", "ENG-9", [ ("bidExpiresAt", or_null whole expires); ("endsAt", whole ends_at) ])
  | NotOver ends_at -> ("NotOver", "ENG-10", [ ("endsAt", whole ends_at) ])
  | AlreadyBid bidder -> ("AlreadyBid", "ENG-10", [ ("bidder", text bidder) ])
  | AlreadySold bid -> ("AlreadySold", "ENG-11", [ ("bid", units bid) ])
  | NotNextVersion (version, wanted) ->
      ("NotNextVersion", "HOU-9", [ ("version", units version); ("wanted", whole wanted) ])
  | NoSuchLine line -> ("NoSuchLine", "HOU-2", [ ("line", text line) ])
  | BadSetting given -> ("BadSetting", "HOU-10", [ ("given", units given) ])
  | NoAmount amount -> ("NoAmount", "TRE-1", [ ("amount", units amount) ])
  | StillWaiting until -> ("StillWaiting", "TRE-2", [ ("until", units until) ])
  | NoSuchEntry -> ("NoSuchEntry", "TRE-2", [])
  | TooLittleSurplus (surplus, needed) ->
      ("TooLittleSurplus", "TRE-3", [ ("surplus", rad surplus); ("needed", rad needed) ])
  | TooLittleOnAuction (on_auction, needed) ->
      ("TooLittleOnAuction", "TRE-3", [ ("onAuction", rad on_auction); ("needed", rad needed) ])
  | TooLittleLoss (loss, needed) -> ("TooLittleLoss", "TRE-4", [ ("loss", rad loss); ("needed", rad needed) ])
  | LossesLeft loss -> ("LossesLeft", "TRE-5", [ ("loss", rad loss) ])
  | SurplusLeft surplus -> ("SurplusLeft", "TRE-6", [ ("surplus", rad surplus) ])
  | TreasuryClosed -> ("TreasuryClosed", "TRE-7", [])
  | TooMuchOnAuction (on_auction, limit) ->
      ("TooMuchOnAuction", "TRE-8", [ ("onAuction", rad on_auction); ("limit", rad limit) ])

let refusal r =
  let name, rule, facts = parts r in
  tagged name (("rule", text rule) :: facts)
