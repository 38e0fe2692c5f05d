/* rule: ENG-6 */
/* rule: ENG-8 */
/* rule: ENG-9 */
/* rule: ENG-10 */
/* rule: ENG-11 */
/* rule: ENG-13 */
/* rule: ENG-15 */
/* rule: HOU-11 */
/*
 * One auction by bids, and whether it ends: whatever a bidder does who wants to keep it open, and wherever the breaker
 * stays. Money is counted in least steps, time in seconds that are left.
 *
 * Who is there: a griefer, who may bid whenever a bid is allowed, or not at all; one honest bidder, who comes at some time
 * and then gets a turn a second; a keeper, who settles and restarts when he can; a host, who may raise the breaker for good, and then calls off
 * what nobody bid for. The keeper, the host and the clock are fair: they act some time if they can all the time.
 *
 * SURPLUS, DEBT: the treasury's two uses; without either, collateral.
 * Known flaws, each of which must be found: FREE, a bid need be no better; ENDLESS, an extension has no hard end (with it
 * bids for surplus, which no target caps, go on for ever); PUSH, who is outbid can refuse his money, and with it the better bid; PUSH_WON, who has won can
 * refuse what he won; NO_RESTART, what nobody bid for is over; HALTS_ALL, the breaker stops settling and cancelling too.
 */

#define TARGET 4
#define LOT 3
#define BID_LASTS 2
#define LASTS 3
#define EXTENDS 2
#define HARD_END 5

#define NOBODY 0
#define GRIEFER 1
#define HONEST 2

#ifdef DEBT
byte bid = TARGET;     /* what is to be paid is set, and nobody's yet */
#else
byte bid = 0;          /* steps of the standing bid; of surplus, where nothing caps it, it stays at one */
#endif
byte sold = LOT;       /* steps of what is for sale */
byte bidder = NOBODY;
byte expires = 0;      /* seconds that the standing bid still stands */
byte left = LASTS;     /* seconds to the end */
byte hard = HARD_END;  /* seconds to the hard end */
bool ended = false;
bool isCancelled = false;
bool isHalted = false; /* the breaker, at its highest level */
bool honestTurn = true;
#ifdef PROMPT
bool isThere = true;
#else
bool isThere = false;  /* the honest bidder, who comes at some time */
#endif

inline least(a, b, to) { if :: (a) < (b) -> to = (a) :: else -> to = (b) fi }

#define OPEN_TO_BIDS (!ended && !isHalted && left > 0 && (bidder == NOBODY || expires > 0))
#define WON (bidder != NOBODY && (expires == 0 || left == 0))
#ifdef HALTS_ALL
#define WAY_OUT (!isHalted)
#else
#define WAY_OUT true
#endif
/* Whether whoever stands takes his money back, and whoever has won takes what he won. */
#ifdef PUSH
#define TAKES_BACK ((bidder) != GRIEFER)
#else
#define TAKES_BACK true
#endif
#ifdef PUSH_WON
#define TAKES_WON ((bidder) != GRIEFER)
#else
#define TAKES_WON true
#endif

#ifdef SURPLUS
#define CAN_RAISE true
#define CAN_SHRINK false
#else
#ifdef DEBT
#define CAN_RAISE false
#define CAN_SHRINK (sold > 0)
#else
#define CAN_RAISE (bid < TARGET)
#define CAN_SHRINK (bid == TARGET && sold > 0)
#endif
#endif

inline stands(who) {
  bidder = who;
  expires = BID_LASTS;
#ifdef ENDLESS
  if :: left < EXTENDS -> left = EXTENDS :: else fi
#else
  least(EXTENDS, hard, until);
  if :: left < until -> left = until :: else fi;
  until = 0
#endif
}

/* A better bid: a step more, or a step less of what is sold. Whoever is outbid is repaid in the same step. */
inline betters(who) {
  if
#ifdef SURPLUS
  :: CAN_RAISE -> bid = 1; stands(who)
#else
  :: CAN_RAISE -> bid++; stands(who)
#endif
  :: CAN_SHRINK -> sold--; stands(who)
#ifdef FREE
  :: bidder == who -> stands(who)
#endif
  fi
}

#ifdef FREE
#define CAN_BID(who) (CAN_RAISE || CAN_SHRINK || bidder == (who))
#else
#define CAN_BID(who) (CAN_RAISE || CAN_SHRINK)
#endif
#define MAY_BID(who) (OPEN_TO_BIDS && CAN_BID(who) && (bidder == (who) || TAKES_BACK))

active proctype Griefer() {
  byte until = 0;
end:
  do
  :: atomic { MAY_BID(GRIEFER) -> betters(GRIEFER) }
  :: !ended -> skip
  od
}

/* He wants all that is sold, and pays the target for it; he bids when somebody else stands, or nobody. */
active proctype Honest() {
  byte until = 0;
end:
  do
  :: atomic { honestTurn && !ended ->
       if
       :: isThere && MAY_BID(HONEST) && bidder != HONEST && (CAN_RAISE || bidder == NOBODY) -> betters(HONEST)
       :: else
       fi;
       honestTurn = false }
  od
}

active proctype Keeper() {
end:
  do
  :: atomic { !ended && WON && WAY_OUT && TAKES_WON -> ended = true }
#ifndef NO_RESTART
  :: atomic { !ended && !isHalted && left == 0 && bidder == NOBODY -> left = LASTS; hard = HARD_END }
#endif
  :: false
  od
}

active proctype Host() {
end:
  do
  :: atomic { !isHalted && !ended -> isHalted = true }
  :: !isHalted -> skip
  :: atomic { isHalted && !ended && bidder == NOBODY && WAY_OUT -> ended = true; isCancelled = true }
  od
}

active proctype Arrival() {
  isThere = true
}

/* A second passes when the honest bidder had his turn. */
active proctype Clock() {
end:
  do
  :: atomic { !ended && !honestTurn ->
       if :: expires > 0 -> expires-- :: else fi;
       if :: left > 0 -> left-- :: else fi;
       if :: hard > 0 -> hard-- :: else fi;
       honestTurn = true }
  od
}

/* Every lot ends. */
ltl ends { <> ended }
/* At every instant one can bid, settle or cancel, or a bid that stands is yet to expire: it is never stuck. */
ltl neverStuck { [] (ended || OPEN_TO_BIDS || (bidder != NOBODY && !WON) || (WON && WAY_OUT && TAKES_WON) || (bidder == NOBODY && WAY_OUT)) }
/* An honest bidder who is there from the start (PROMPT) is not kept out: nobody else wins for less than the target, unless the breaker cut bidding off. */
ltl notKeptOut { [] ((ended && !isHalted && !isCancelled) -> bid == TARGET || bidder == HONEST) }
