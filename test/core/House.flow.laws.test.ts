import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Event, Fixed, House } from '../../src/index.js'
import { loanHouse } from '../examples/opening.js'
import { law } from '../law.js'

const { rad, ray, wad } = Fixed

const names = ['A', 'A/1', 'B'] as const

/** What becomes of one lot: its target, what it is paid in turn, and how it ends, if it does. */
const life = fc.record({
  line: fc.constantFrom(...names),
  target: fc.bigInt(1n, 1000n),
  paid: fc.array(fc.bigInt(0n, 400n), { maxLength: 3 }),
  penalty: fc.bigInt(0n, 100n),
  end: fc.constantFrom('Closed', 'Cancelled', undefined),
})

const about = (line: string, i: number) => ({
  lot: `${line}#${i}`,
  line,
  at: 7,
  terms: 1,
  goods: { _tag: 'Collateral' as const, asset: 'ETH', position: 'p', owner: 'olga' },
})

type Life = typeof life extends fc.Arbitrary<infer A> ? A : never

/** The events of a lot, and after each what is left of its target. */
const eventsOf = (
  { end, line, paid, penalty, target }: Life,
  i: number,
): readonly (readonly [Event.Event, bigint])[] => {
  const events: (readonly [Event.Event, bigint])[] = []
  const of = about(line, i)
  events.push([
    {
      _tag: 'Opened',
      ...of,
      collateral: wad(1n),
      shares: wad(1n),
      debt: rad(target),
      target: rad(target),
      lossAt: 'close',
      binding: 'inForce',
      start: { _tag: 'Dutch', startPrice: ray(1n) },
      keeper: 'kim',
      reward: rad(0n),
      payer: { _tag: 'Protocol' },
    },
    target,
  ])
  let left = target
  for (const one of paid) {
    const sum = one < left ? one : left
    const part = penalty < sum ? penalty : sum
    left -= sum
    events.push([
      {
        _tag: 'Taken',
        ...of,
        bidder: 'ann',
        price: ray(1n),
        bought: wad(0n),
        repaid: rad(sum - part),
        penalty: rad(part),
        lossAt: 'close',
      },
      left,
    ])
  }
  const released = rad(left)
  if (end === 'Closed')
    events.push([
      {
        _tag: 'Closed',
        ...of,
        returned: wad(0n),
        badDebt: rad(0n),
        shortfall: released,
        lossAt: 'close',
        released,
      },
      0n,
    ])
  if (end === 'Cancelled')
    events.push([
      {
        _tag: 'Cancelled',
        ...of,
        collateral: wad(0n),
        debt: rad(0n),
        released,
        refund: undefined,
        held: 'escrow',
        lossAt: 'close',
      },
      0n,
    ])
  return events
}

law(
  'HOU-7',
  'after every event of lots in any order, the money in flight is the sum of what they still are to raise',
  fc.property(
    fc.array(life, { minLength: 1, maxLength: 6 }),
    fc.array(fc.nat(5), { minLength: 30, maxLength: 30 }),
    (lives, order) => {
      const queues = lives.map((one, i) => [...eventsOf(one, i)])
      const left = lives.map(() => 0n)
      let house: House.House = loanHouse({}, 'B')
      const opened = new Map<string, number>()
      return order.every((turn) => {
        const i = turn % lives.length
        const next = queues[i]?.shift()
        if (next === undefined) return true
        left[i] = next[1]
        house = House.evolve(house, next[0])
        const line = lives[i]?.line ?? ''
        if (next[0]._tag === 'Opened') opened.set(line, (opened.get(line) ?? 0) + 1)
        const sum = (of?: string): bigint =>
          left.reduce(
            (all, one, j) => (of === undefined || lives[j]?.line === of ? all + one : all),
            0n,
          )
        return (
          house.inFlight === sum() &&
          names.every((name) => {
            const one = house.lines.get(name)
            return (
              (one?.inFlight ?? 0n) === sum(name) && (one?.opened ?? 0) === (opened.get(name) ?? 0)
            )
          })
        )
      })
    },
  ),
)

test('HOU-7 no other event changes the house', () => {
  const before = loanHouse({ inFlight: rad(9n) })
  const events: readonly Event.Event[] = [
    {
      _tag: 'Reset',
      ...about('LOANS', 1),
      startPrice: ray(1n),
      keeper: 'kim',
      reward: rad(1n),
      payer: { _tag: 'Protocol' },
    },
    { _tag: 'Healed', at: 9, amount: rad(1n), of: 'ready' },
    { _tag: 'Matured', at: 9, queuedAt: 1, amount: rad(1n) },
  ]
  for (const event of events) {
    expect(House.evolve(before, event)).toBe(before)
    expect(House.flow(event)).toBe(0n)
  }
})
