import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { expect, test } from 'vitest'
import { Curve, Fixed } from '../../src/index.js'
import { at, price, ray } from '../example.js'

const { MAX_UINT256, RAY } = Fixed
const { unchecked } = Curve

/** Price-curve evaluations recorded from MakerDAO's abaci.sol (dss fa4f663, solc 0.6.12): their ids in the record. */
const recorded: readonly (readonly [string, Curve.Curve, bigint, bigint, bigint | undefined])[] = [
  [
    '20',
    unchecked.linear(MAX_UINT256 / RAY),
    413491204400051566473359228555n,
    MAX_UINT256 / RAY - 1n,
    0n,
  ],
  [
    '128',
    unchecked.linear(115792089237316195423570985008687907853269984665641n),
    2n,
    57288236090543954938303537504004784640459629016286n,
    1n,
  ],
  [
    '301',
    unchecked.linear(115792089237316195423570985008687907853269984665641n),
    1n,
    0n,
    undefined,
  ],
  ['355', unchecked.linear(3n), 6132778936349658614914724n, 2n, 2044259645449886204971574n],
  [
    '461',
    unchecked.linear(93917517808724060n),
    3482597078934253148203980338163n,
    31305839269574686n,
    2321731385956168790190282194171n,
  ],
  [
    '665',
    unchecked.stairs(2949n, Fixed.ray(563205655962334365972864798n)),
    115792089237316195423570985008687907853269984665641n,
    0n,
    undefined,
  ],
  ['749', unchecked.stairs(0n, Fixed.ray(1n)), 1n, 0n, undefined],
  ['796', unchecked.stairs(0n, Fixed.ray(917304856337551254242078092n)), 0n, 0n, undefined],
  [
    '855',
    unchecked.stairs(1n, Fixed.ray(999999999999999999999999999n)),
    1634812556716634601338187605101579993493316321n,
    18n,
    1634812556716634601338187575674953972593893496n,
  ],
  [
    '960',
    unchecked.stairs(90n, Fixed.ray(526718375460353737108565031n)),
    115792089237316195423570985008687907853269984665641n,
    4050n,
    34253900140903503154608225841391046275n,
  ],
  [
    '1172',
    unchecked.stairs(390n, ray('0.98')),
    46915424578125857686764423045n,
    28469n,
    10954513649727296179291628000n,
  ],
  [
    '1255',
    unchecked.exponential(Fixed.ray(999999710034107084907008748n)),
    555029381379291789437808n,
    708n,
    554915447828378880893868n,
  ],
  [
    '1681',
    unchecked.exponential(Fixed.ray(999997200000000000000000000n)),
    115792089237316195423570985008687907853269984665641n,
    0n,
    undefined,
  ],
  [
    '1770',
    unchecked.exponential(Fixed.ray(999106185009048431106956358n)),
    43066254414289767394487354n,
    2540n,
    4443464826981638378611643n,
  ],
]

for (const [id, curve, top, elapsed, expected] of recorded)
  test(`CRV-9 recorded: abacus-v-${id}`, () => {
    const found = Curve.priceAt(curve, 'uint256')(Fixed.ray(top), elapsed)
    expect(E.isRight(found) ? found.right : undefined).toBe(expected)
  })

const hour = unchecked.linear(3600n)
const onePercent = unchecked.stairs(90n, ray('0.99'))

test('CRV-2 a linear price is zero from the last second on', () => {
  expect(at(hour, price(1000n), 3599n)).toBe(277777777777777777777777000n)
  expect([3600n, 3601n].map((then) => at(hour, price(1000n), then))).toEqual([0n, 0n])
})

test('CRV-2 past its end a line has a price, however long it is', () => {
  const long = unchecked.linear(MAX_UINT256)
  expect(Curve.priceAt(long, 'uint256')(RAY, MAX_UINT256)).toEqual(E.right(0n))
  expect(E.isLeft(Curve.priceAt(long, 'uint256')(RAY, 0n))).toBe(true)
  expect(Curve.priceAt(long)(RAY, 0n)).toEqual(E.right(RAY))
})

test('CRV-7 a price is reached at the start, at the horizon, or not at all', () => {
  const timeTo = Curve.timeToReach(onePercent)
  expect(timeTo(price(1500n), price(1500n), 0)).toEqual(O.some(0))
  expect(timeTo(price(1500n), price(1485n), 90)).toEqual(O.some(90))
  expect(timeTo(price(1500n), price(1485n), 89)).toEqual(O.none)
  for (const horizon of [-1, 0.5, NaN, Infinity, 2 ** 53])
    expect(timeTo(price(1500n), price(1500n), horizon)).toEqual(O.none)
})

test('CRV-7 where a price first does not exist, the first second at which it does counts', () => {
  const start = Fixed.ray(MAX_UINT256 / ray('0.9'))
  expect(Curve.timeToReach(unchecked.linear(10n), 'uint256')(start, start, 10)).toEqual(O.some(1))
})

test('CRV-8 a compiled curve agrees on both sides of its horizon, and of the largest table', () => {
  for (const horizon of [0, 89, 90, 90 * 255, 90 * 16_383, Infinity]) {
    const compiled = Curve.compile(onePercent, horizon)
    for (const drop of [-1, 0, 1, 2, 255, 256, 16_383, 16_384, 100_000])
      expect(compiled(price(1500n), 90 * drop)).toBe(
        at(onePercent, price(1500n), BigInt(90 * drop)),
      )
  }
})

test('CRV-8 a compiled step that no number holds exactly does not end early', () => {
  const last = Number.MAX_SAFE_INTEGER
  for (const every of [2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 2000n]) {
    const curve = unchecked.stairs(every, ray('0.5'))
    for (const then of [last - 1, last])
      expect(Curve.compile(curve, last)(RAY, then)).toBe(at(curve, RAY, BigInt(then)))
  }
})

test('CRV-9 each thing without which there is no price', () => {
  const none = (curve: Curve.Curve, start: Fixed.Ray, width: Fixed.Width): boolean =>
    E.isLeft(Curve.priceAt(curve, width)(start, 5n))
  const minus = Fixed.ray(-1n)
  for (const curve of [
    unchecked.stairs(-1n, RAY),
    unchecked.exponential(minus),
    unchecked.exponential(Fixed.ray(MAX_UINT256)),
    unchecked.constant(minus),
    unchecked.scaled(minus, hour),
    unchecked.capped(minus, hour),
    unchecked.piecewise([], 'step', 'hold'),
    unchecked.floored(RAY, unchecked.stairs(0n, RAY)),
  ])
    expect(none(curve, RAY, 'unbounded')).toBe(true)
  expect(none(hour, minus, 'unbounded')).toBe(true)
  expect(none(unchecked.floored(RAY, unchecked.constant(minus)), RAY, 'unbounded')).toBe(false)
  expect(none(unchecked.constant(RAY), Fixed.ray(MAX_UINT256 / RAY), 'uint256')).toBe(false)
  expect(none(unchecked.constant(RAY), Fixed.ray(MAX_UINT256 / RAY + 1n), 'uint256')).toBe(true)
})

test('CRV-11 of an unchecked curve points may be out of order or below zero, and nothing is thrown', () => {
  const point = (after: bigint, share: bigint) => ({ after, share: Fixed.ray(share) })
  const twice = unchecked.piecewise([point(0n, RAY), point(5n, 7n), point(5n, 3n)], 'step', 'hold')
  expect(at(twice, RAY, 5n)).toBe(3n)
  const late = unchecked.piecewise([point(5n, 7n), point(9n, 3n)], 'linear', 'zero')
  expect([0n, 5n, 7n].map((then) => at(late, RAY, then))).toEqual([7n, 7n, 5n])
  const below = unchecked.piecewise([point(0n, 1n), point(4n, -2n)], 'linear', 'hold')
  // 1 less three quarters rounds down to 0; less six quarters, to -1.
  expect([1n, 2n].map((then) => at(below, RAY, then))).toEqual([0n, undefined])
})

test('CRV-12 a curve of another curve holds that very curve', () => {
  const of = unchecked.linear(100n)
  for (const curve of [
    unchecked.scaled(RAY, of),
    unchecked.floored(RAY, of),
    unchecked.capped(RAY, of),
  ])
    expect(curve.of).toBe(of)
})
