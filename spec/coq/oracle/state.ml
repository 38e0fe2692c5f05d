(** State: how a book stands, as JSON. *)

open Event
open Giving

let line { House.l_level; l_version; l_in_flight; l_opened; l_last_at } =
  `Assoc
    [ ("level", whole l_level); ("version", whole l_version); ("inFlight", rad l_in_flight);
      ("opened", whole l_opened); ("lastAt", whole l_last_at) ]

let house { House.k_opens; k_ceiling; k_in_flight; k_lines; k_last_at } =
  `Assoc
    [ ("opens", flag k_opens); ("ceiling", rad k_ceiling); ("inFlight", rad k_in_flight);
      ("lines", `Assoc (List.map (fun (name, one) -> (name, line one)) k_lines)); ("lastAt", whole k_last_at) ]

let treasury (v : Treasury.treasury) =
  `Assoc
    [ ("surplus", rad v.v_surplus); ("losses", rad v.v_losses); ("queued", rad v.v_queued);
      ("onAuction", rad v.v_on_auction); ("selling", rad v.v_selling); ("opens", flag v.v_opens);
      ("opened", whole v.v_opened); ("lastAt", whole v.v_last_at) ]

let position (p : Position.position) =
  let holding { Position.h_asset; h_amount } = `Assoc [ ("asset", text h_asset); ("amount", wad h_amount) ] in
  `Assoc
    [ ("id", text p.p_id); ("owner", text p.p_owner); ("line", text p.p_line);
      ("holdings", `List (List.map holding p.p_holdings)); ("shares", wad p.p_shares); ("index", ray p.p_index) ]

let lot = function
  | ByFalling d ->
      tagged "Dutch"
        [ ("id", lot d.d_id); ("line", text d.d_line); ("terms", whole d.d_terms); ("goods", goods d.d_goods);
          ("collateral", wad d.d_collateral); ("debt", rad d.d_debt); ("target", rad d.d_target);
          ("startPrice", ray d.d_start_price); ("startedAt", whole d.d_started_at);
          ("rewarded", rad d.d_rewarded); ("lossAt", loss_at d.d_loss_at); ("binding", binding d.d_binding);
          ("lastAt", whole d.d_last_at); ("ended", flag d.d_ended) ]
  | ByBidding e ->
      tagged "English"
        [ ("id", lot e.e_id); ("line", text e.e_line); ("terms", whole e.e_terms); ("goods", goods e.e_goods);
          ("sold", units e.e_sold); ("bid", units e.e_bid); ("bidder", or_null text e.e_bidder);
          ("bidExpiresAt", or_null whole e.e_bid_expires_at); ("endsAt", whole e.e_ends_at);
          ("hardEndsAt", whole e.e_hard_ends_at); ("reserve", units e.e_reserve); ("held", held e.e_held);
          ("debt", rad e.e_debt); ("target", rad e.e_target); ("lossAt", loss_at e.e_loss_at);
          ("binding", binding e.e_binding); ("lastAt", whole e.e_last_at); ("ended", flag e.e_ended) ]

let of_book (b : Book.book) =
  `Assoc
    [ ("house", house b.b_house); ("treasury", treasury b.b_treasury);
      ("queue", `Assoc (List.map (fun (at, amount) -> (Z.to_string at, rad amount)) b.b_queue));
      ("positions", `Assoc (List.map (fun (name, one) -> (name, position one)) b.b_positions));
      ("lots", `Assoc (List.map (fun (name, one) -> (lot_name name, lot one)) b.b_lots)) ]
