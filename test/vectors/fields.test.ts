/**
 * Where Maker's terms are not the safe ones: each row of the table in spec/14-maker.md, on the recorded
 * steps. With one field at its safe value they come out as the row says that they do.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Auction, Terms } from '../../src/core/index.js'
import type * as ClipperModule from '../../src/maker/Clipper.js'
import type * as FlipperModule from '../../src/maker/Flipper.js'
import type { Clipper, Flipper, Sales } from '../../src/maker/index.js'
import type * as SalesModule from '../../src/maker/Sales.js'
import { Presets } from '../../src/tuning/index.js'
import { rad, ray, wad } from '../example.js'
import { linesOf } from './dss.js'
import type { Mismatch } from './replay.js'

/** What is put in Maker's terms' place. */
interface Change {
  readonly terms?: (terms: Terms.Terms) => Terms.Terms
  readonly dutch?: (sale: Terms.Dutch) => Terms.Dutch
  readonly english?: (sale: Terms.English) => Terms.English
  /** The least target worked out anew, not the stored one. */
  readonly freshChost?: true
  /** The terms that a sale was first seen under, not those in force. */
  readonly bound?: true
}

/** The change that is made now. The mocks come before all else in this file, and so does what they need. */
const holder = vi.hoisted(() => {
  const held = {
    change: {} as Change,
    seen: new Map<bigint, Auction.Compiled>(),
    changed: (terms: Terms.Terms): Terms.Terms => {
      const { dutch, english, terms: ofTerms } = held.change
      const saleOf = (sale: Terms.Dutch | Terms.English): Terms.Dutch | Terms.English =>
        (sale._tag === 'Dutch' ? dutch?.(sale) : english?.(sale)) ?? sale
      const sold = {
        ...terms,
        collaterals: terms.collaterals.map((one) => ({ ...one, sale: saleOf(one.sale) })),
      }
      return ofTerms?.(sold) ?? sold
    },
  }
  return held
})

vi.mock('../../src/maker/Clipper.js', async (load) => {
  const real = await load<typeof ClipperModule>()
  return {
    ...real,
    clipper: (ilk: Clipper.Parameters, chost: Terms.Dutch['minLeft']) =>
      holder.changed(real.clipper(ilk, holder.change.freshChost ? undefined : chost)),
  }
})

vi.mock('../../src/maker/Flipper.js', async (load) => {
  const real = await load<typeof FlipperModule>()
  return {
    ...real,
    flipper: (ilk: Flipper.Parameters) => holder.changed(real.flipper(ilk)),
    bidding: (of: Flipper.Bidding, held: Terms.English['held']) => {
      const sale = real.bidding(of, held)
      return holder.change.english?.(sale) ?? sale
    },
  }
})

vi.mock('../../src/maker/Sales.js', async (load) => {
  const real = await load<typeof SalesModule>()
  const bound = (clip: Sales.Clip, sale: Sales.Sale | undefined): Sales.Clip => {
    if (!holder.change.bound || sale === undefined) return clip
    const auction = holder.seen.get(sale.id) ?? clip.auction
    holder.seen.set(sale.id, auction)
    return { ...clip, auction }
  }
  const status: typeof real.status = (clip, sale, at) => real.status(bound(clip, sale), sale, at)
  const take: typeof real.take = (clip, sale, asked) => real.take(bound(clip, sale), sale, asked)
  const redo: typeof real.redo = (clip, sale, feed, by) =>
    real.redo(bound(clip, sale), sale, feed, by)
  return { ...real, status, take, redo }
})

/** A row: the field, the file that shows it, the change, and what is otherwise then; nothing where no step shows it. */
interface Row {
  readonly field: string
  readonly file: string
  readonly change: Change
  readonly shows?: RegExp
}

const sizing =
  (part: (sizing: Terms.Sizing) => Partial<Terms.Sizing>) =>
  (terms: Terms.Terms): Terms.Terms => ({
    ...terms,
    sizing: { ...terms.sizing, ...part(terms.sizing) },
  })

const rows: readonly Row[] = [
  {
    field: '`width`',
    file: 'clip',
    change: { terms: (terms) => ({ ...terms, width: 'unbounded' }) },
    shows: /^(bark|kick|redo) (ok|revert)/,
  },
  {
    field: '`binding`',
    file: 'clip',
    change: { bound: true },
    shows: /^(take|redo|\w+ after\.(status|sale))/,
  },
  {
    field: '`lossAt`',
    file: 'clip',
    change: { terms: (terms) => ({ ...terms, lossAt: 'close' }) },
    shows: /^bark after\.vow\.Sin/,
  },
  {
    field: '`reward.limit`',
    file: 'clip',
    change: { terms: (terms) => ({ ...terms, reward: { ...terms.reward, limit: 'penalty' } }) },
    shows: /coin$/,
  },
  {
    field: '`sale.edges`',
    file: 'clip',
    change: { dutch: (sale) => ({ ...sale, edges: 'halfOpen' }) },
    shows: /^(take|redo) (ok|revert)|needsRedo/,
  },
  {
    field: '`sale.edges` of bids',
    file: 'flip',
    change: { english: (sale) => ({ ...sale, edges: 'halfOpen' }) },
    shows: /^(tick|deal) (ok|revert)/,
  },
  {
    field: '`sale.emptySale`',
    file: 'clip',
    change: { dutch: (sale) => ({ ...sale, emptySale: 'refuse' }) },
    shows: /^take (ok|revert)/,
  },
  {
    field: '`sale.minCollateralLeft`',
    file: 'clip',
    change: { dutch: (sale) => ({ ...sale, minCollateralLeft: wad('0.000001') }) },
    shows: /^take (ok|revert|events|after)/,
  },
  { field: '`sale.minLeft`', file: 'clip', change: { freshChost: true }, shows: /^(take|redo) / },
  {
    field: '`sale.reserve`',
    file: 'clip',
    change: { dutch: (sale) => ({ ...sale, reserve: ray('0.1') }) },
  },
  {
    field: '`sale.reserve` of bids',
    file: 'flip',
    change: { english: (sale) => ({ ...sale, reserve: ray('0.1') }) },
    shows: /^(bite|tick) (ok|revert)/,
  },
  {
    field: '`sale.ending` of bids',
    file: 'flip',
    change: {
      english: (sale) => ({
        ...sale,
        ending: { _tag: 'Extended', by: 2n * sale.lasts, hardEnd: sale.lasts },
      }),
    },
    shows: /^(tend|dent) after\.bids\.\d+\.end/,
  },
  {
    field: '`sale.held` of bids',
    file: 'flip',
    change: { english: (sale) => ({ ...sale, held: 'escrow' }) },
    shows: /^tend after\.vat\.dai/,
  },
  {
    field: '`sizing.cap` of a bite',
    file: 'flip',
    change: { terms: sizing(() => ({ cap: { _tag: 'Room' } })) },
    shows: /^bite /,
  },
  {
    field: '`sizing.dust` of a bite',
    file: 'flip',
    change: {
      terms: sizing(({ cap }) => ({
        dust: { _tag: 'Absorb', minDebt: cap._tag === 'Slice' ? cap.minRoom : rad('0') },
      })),
    },
    shows: /^bite /,
  },
]

/** What is otherwise in the first step of each scenario that comes out otherwise; of so many scenarios at most. */
const otherwise = async (
  file: string,
  change: Change,
  most: number,
): Promise<readonly (readonly string[])[]> => {
  holder.change = change
  // A new world has worked out no terms yet.
  vi.resetModules()
  const { replay } = await import('./replay.js')
  const found: (readonly string[])[] = []
  for (const line of linesOf(`${file}.jsonl.gz`)) {
    holder.seen.clear()
    const json = JSON.parse(line) as { readonly steps: readonly { readonly op: string }[] }
    const { mismatches } = replay(json)
    const [first] = mismatches
    const said = ({ field, step = 0 }: Mismatch): string => `${json.steps[step]?.op} ${field}`
    if (first !== undefined)
      found.push(mismatches.filter(({ step }) => step === first.step).map(said))
    if (found.length === most) break
  }
  return found
}

/** The rows of the table: fields, and what shows them. */
const table = readFileSync(join(import.meta.dirname, '../../spec/14-maker.md'), 'utf8')
  .split("## Where Maker's terms are not the safe ones")[1]
  ?.split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, field = '', , , , shown = '']) => ({ field, shown }))

beforeEach(() => {
  holder.change = {}
})

describe('a field at its safe value', () => {
  test('is otherwise in no step that the table does not name', () => {
    expect(rows.map(({ field }) => field)).toEqual(table?.map(({ field }) => field))
    for (const [i, { file, shows }] of rows.entries())
      expect(table?.[i]?.shown).toContain(shows === undefined ? 'no recorded step' : `${file}: `)
  })

  test.each(rows)('MKR-1 $field', async ({ change, file, shows }) => {
    const found = await otherwise(file, change, shows === undefined ? 1 : 5)
    if (shows === undefined) expect(found).toEqual([])
    else {
      expect(found.length).toBe(5)
      expect(found.filter((said) => !said.some((one) => shows.test(one)))).toEqual([])
    }
  })
})

/** The fields of which two terms hold values of another kind: other words, or none where the other has some. */
const ofOtherKind = (maker: unknown, safe: unknown, path = ''): readonly string[] => {
  const isNode = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null
  if (isNode(maker) && isNode(safe)) {
    if (maker['_tag'] !== safe['_tag']) return [path]
    return Object.keys(safe).flatMap((key) =>
      ofOtherKind(maker[key], safe[key], path === '' ? key : `${path}.${key}`),
    )
  }
  const isKept = typeof maker === 'bigint' ? maker === 0n && safe !== 0n : maker !== safe
  return isKept ? [path] : []
}

const named = (path: string): string => `\`${path.replace('collaterals.0.', '')}\``

test.each([
  ['maker-clipper', 'dutch-default', /^`[^`]+`$/],
  ['maker-flipper', 'english-default', /^`[^`]+`/],
] as const)('MKR-1 every difference of kind between %s and %s has a row', (maker, safe, of) => {
  const known = rows.filter(({ field }) => of.test(field)).map(({ field }) => field.split(' ')[0])
  // Flipper pays nobody for a bite: a number, which no rule has a least for.
  const numbers = ['`reward.flat`', '`reward.rate`']
  const differing = ofOtherKind(Presets.presets[maker], Presets.presets[safe]).map(named)
  expect(differing.filter((field) => !known.includes(field) && !numbers.includes(field))).toEqual(
    [],
  )
  expect(differing.length).toBeGreaterThan(7)
})
