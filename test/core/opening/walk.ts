/**
 * The rules of a whole opening, each looked at by itself and in no order; then the one of the lowest
 * stage in spec/12-house.md is the one to be named.
 */

import { English, type Refusal } from '../../../src/index.js'
import type { Opening } from './cases.js'
import { type Broken, judged, outOfRange, type SlowPart, slowPlan } from './model.js'

/** What an opening comes to: refused, by a rule that is broken, or its lots. */
export interface Walked {
  readonly first: Broken | undefined
  readonly broken: readonly Broken[]
  readonly parts: readonly SlowPart[]
}

const lotRules = (opening: Opening, part: SlowPart, i: number): readonly Broken[] => {
  const { at, quotes, terms } = opening
  const fits = (n: bigint): boolean => terms.width === 'unbounded' || (n >= 0n && n < 2n ** 256n)
  const broken: Broken[] = []
  const { asset } = part
  const sale = terms.collaterals.find((one) => one.asset === asset)?.sale
  const market = quotes.find((one) => one.asset === asset)?.market ?? 0n
  const noMarket: Broken = { stage: 380, refusal: { _tag: 'NoMarketPrice', rule: 'SEI-11', asset } }
  if (sale?._tag === 'Dutch') {
    if (market <= 0n) broken.push(noMarket)
    else if (!fits(market * sale.markup)) broken.push(outOfRange('start price', 390))
    else if (market * sale.markup < 10n ** 27n)
      broken.push({
        stage: 390,
        refusal: {
          _tag: 'NoStartPrice',
          rule: 'DUT-9',
          market: market as Refusal.NoStartPrice['market'],
        },
      })
  }
  if (sale?._tag === 'English') {
    if (sale.reserve > 0n && market <= 0n) broken.push(noMarket)
    const last = terms.width === 'unbounded' ? Number.MAX_SAFE_INTEGER : 2 ** 48 - 1
    const longest = sale.ending._tag === 'Fixed' ? 0n : sale.ending.hardEnd
    if (Number.isSafeInteger(at))
      if ([sale.lasts, longest].some((time) => BigInt(at) + time > BigInt(last)))
        broken.push(outOfRange('end of the auction', 390))
  }
  const flat = i === 0 && terms.reward.flat > 0n ? terms.reward.flat : 0n
  const rate = terms.reward.rate > 0n ? terms.reward.rate : 0n
  const isPaid = terms.reward.flat > 0n || rate > 0n
  if (isPaid && !(fits(part.target * rate) && fits(flat + (part.target * rate) / 10n ** 18n)))
    broken.push(outOfRange('reward', 395))
  return broken
}

export const walk = (opening: Opening): Walked => {
  const { at, house, position, quotes, terms } = opening
  const broken: Broken[] = []
  const add = (stage: number, refusal: Refusal.Refusal): void => {
    broken.push({ stage, refusal })
  }
  if (position.owner.length === 0) add(240, { _tag: 'NoOwner', rule: 'SEI-7' })
  broken.push(...judged(terms, position, quotes))
  if (!house.opens) add(30, { _tag: 'HouseClosed', rule: 'HOU-3' })

  const line = house.lines.get(terms.line)
  if (line === undefined) add(5, { _tag: 'NoSuchLine', rule: 'HOU-2', line: terms.line })
  if (position.line !== terms.line)
    add(5, { _tag: 'OtherTerms', rule: 'HOU-2', wanted: terms.line, given: position.line })
  if (line !== undefined && line.version !== terms.version)
    add(5, {
      _tag: 'OtherTerms',
      rule: 'HOU-2',
      wanted: String(line.version),
      given: String(terms.version),
    })
  const lastAt = Math.max(line?.lastAt ?? 0, house.lastAt)
  if (!Number.isSafeInteger(at) || at < lastAt)
    add(10, { _tag: 'BadTime', rule: 'HOU-1', at, lastAt })
  if (line !== undefined && line.level > 0)
    add(200, { _tag: 'Halted', rule: 'HOU-4', level: line.level })

  const plan = slowPlan(terms, position, quotes, {
    inHouse: house.ceiling - house.inFlight,
    inLine: terms.ceiling - (line?.inFlight ?? 0n),
  })
  const parts = 'stage' in plan ? [] : plan
  if ('stage' in plan) broken.push(plan)
  const inFlight = parts.reduce<bigint>((sum, { target }) => sum + target, house.inFlight)
  const isWide = terms.width === 'uint256' && (inFlight < 0n || inFlight >= 2n ** 256n)
  if (isWide && parts.length > 0) broken.push(outOfRange('money in flight', 180))
  if (parts.some(({ target }) => target < 1n)) add(230, { _tag: 'NoTarget', rule: 'SEI-6' })
  broken.push(...parts.flatMap((part, i) => lotRules(opening, part, i)))

  const first = broken.reduce<Broken | undefined>(
    (lowest, one) => (lowest === undefined || one.stage < lowest.stage ? one : lowest),
    undefined,
  )
  return { first, broken, parts }
}

/** How a lot starts, worked out by the modules that spec/05-dutch.md and spec/06-english.md are about. */
export const startOf = ({ at, quotes, terms }: Opening, part: SlowPart): unknown => {
  const sale = terms.collaterals.find((one) => one.asset === part.asset)?.sale
  const market = quotes.find((one) => one.asset === part.asset)?.market ?? (0n as never)
  if (sale?._tag === 'Dutch')
    return {
      _tag: 'Dutch',
      startPrice: (market * sale.markup) / 10n ** 27n,
    }
  if (sale === undefined) return undefined
  const auction = English.compile(terms, sale)
  const ends = English.ends(auction, at)
  const reserve = English.reserveOf(auction, part.asset, part.amount, part.target, market)
  return 'right' in ends && 'right' in reserve
    ? { _tag: 'English', ...ends.right, reserve: reserve.right, held: sale.held }
    : undefined
}
