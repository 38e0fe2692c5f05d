/* rule: DUT-2 */
/* rule: DUT-6 */
/* rule: DUT-13 */
/* rule: HOU-11 */
/*
 * One Dutch lot, and whether it closes: with a keeper who resets it when he can, and one buyer, who comes at some time,
 * then gets a turn a second, and buys all that is left at a price up to his value, which is at or above the lowest price on offer, if it is worth
 * his while; whatever a griefer takes of it, and wherever the breaker stays. The keeper, the host and the clock are fair.
 *
 * Known flaws, each of which must be found: NO_MINIMUM, all but one unit may be taken, which is worth nobody's while;
 * NO_RESET, a stale lot does not start again; STALE_AT_ONCE, it is stale at its first drop, above what the buyer pays;
 * HALTS_ALL, the breaker stops the cancelling too.
 */

#define START 6        /* the start price */
#define VALUE 4        /* the most that the buyer pays: at or above the lowest price on offer */
#define LOT 4
#define WORTHWHILE 2   /* the least that is worth buying: the least collateral that a part leaves, or more */

#ifdef STALE_AT_ONCE
#define STALE (price < START)
#else
#define STALE (price < 3)
#endif
#ifdef NO_MINIMUM
#define LEAST_LEFT 1
#else
#define LEAST_LEFT WORTHWHILE
#endif
#ifdef HALTS_ALL
#define WAY_OUT (level < 3)
#else
#define WAY_OUT true
#endif

byte price = START;
byte lot = LOT;
byte level = 0;        /* the breaker */
bool ended = false;
bool buyerTurn = true;
bool isThere = false;  /* the buyer, who comes at some time */

#define SELLS (!ended && level < 3 && !STALE)

active proctype Griefer() {
end:
  do
  :: atomic { SELLS && lot - 1 >= LEAST_LEFT -> lot-- }
  :: !ended -> skip
  od
}

active proctype Buyer() {
end:
  do
  :: atomic { buyerTurn && !ended ->
       if
       :: isThere && SELLS && price <= VALUE && lot >= WORTHWHILE -> ended = true
       :: else
       fi;
       buyerTurn = false }
  od
}

active proctype Keeper() {
end:
  do
#ifndef NO_RESET
  :: atomic { !ended && STALE && level < 2 -> price = START }
#endif
  :: false
  od
}

/* The breaker may go up, once, to stay; from the level that stops resets on, the host calls off what is left. */
active proctype Host() {
  if
  :: atomic { !ended -> level = 1 }
  :: atomic { !ended -> level = 2 }
  :: atomic { !ended -> level = 3 }
  :: !ended -> skip
  fi;
end:
  do
  :: atomic { !ended && level >= 2 && WAY_OUT -> ended = true }
  od
}

active proctype Arrival() {
  isThere = true
}

/* A second passes when the buyer had his turn. */
active proctype Clock() {
end:
  do
  :: atomic { !ended && !buyerTurn ->
       if :: price > 0 -> price-- :: else fi;
       buyerTurn = true }
  od
}

/* Every lot closes. */
ltl closes { <> ended }
/* It is always stale or sold; and where the breaker stops both, it can be cancelled. */
ltl neverStuck { [] (ended || SELLS || (STALE && level < 2) || WAY_OUT) }
