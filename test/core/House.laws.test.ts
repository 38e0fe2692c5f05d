import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Auction, type Event, Fixed, House, type Refusal } from '../../src/index.js'
import { loanOf, loanQuotes, loanTerms } from '../examples/opening.js'
import { law } from '../law.js'

const { rad } = Fixed

const names = ['A', 'A/1', 'B'] as const

// Commands

const when = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -2, max: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, 0.5, 2 ** 53) },
)

/** A command of the house or an opening, which comes at a step of time after the one before, or at any. */
const asked = fc.record({
  wait: when,
  line: fc.constantFrom(...names),
  version: fc.constantFrom(0, 0, 0, 0, 0, 1, 2, 1.5, NaN),
  level: fc.constantFrom(0, 0, 1, 1, 2, 3, 4, -1, 0.5, NaN),
  ceiling: fc.bigInt(-1n, 8n).map((n) => rad(n * 300n)),
  opens: fc.constantFrom(true, true, true, false),
  what: fc.constantFrom('terms', 'terms', 'level', 'level', 'house', 'open', 'open', 'open'),
})

type Asked = typeof asked extends fc.Arbitrary<infer A> ? A : never

const commandOf = (
  house: House.House,
  { ceiling, level, line, opens, version, what }: Asked,
  at: number,
): House.Command | undefined => {
  const next = (house.lines.get(line)?.version ?? 0) + 1
  switch (what) {
    case 'terms':
      return {
        _tag: 'ChangeTerms',
        at,
        terms: loanTerms({}, { line, version: version === 0 ? next : version }),
      }
    case 'level':
      return { _tag: 'ChangeLevel', at, line, level }
    case 'house':
      return { _tag: 'ChangeHouse', at, ceiling, opens }
    default:
      return undefined
  }
}

interface Step {
  readonly before: House.House
  readonly command: House.Command | undefined
  readonly line: string
  readonly at: number
  readonly answer: E.Either<Refusal.Refusal, readonly Event.Event[]>
  readonly after: House.House
}

const openIn = (house: House.House, line: string, at: number) => {
  const version = house.lines.get(line)?.version ?? 1
  return Auction.open(Auction.compile(loanTerms({}, { line, version })))(
    house,
    { ...loanOf(20n, 9n, 3n), line },
    loanQuotes(1n, 2n),
    { _tag: 'Open', at, keeper: 'kim' },
  )
}

const run = (all: readonly Asked[]): readonly Step[] => {
  const steps: Step[] = []
  let house = House.make(rad(2000n))
  let now = 0
  for (const one of all) {
    const before = house
    const at = now + one.wait
    const command = commandOf(house, one, at)
    const answer: Step['answer'] =
      command === undefined ? openIn(house, one.line, at) : House.decide(house, command)
    if (E.isRight(answer)) {
      for (const event of answer.right) house = House.evolve(house, event)
      now = at
    }
    steps.push({ before, command, line: one.line, at, answer, after: house })
  }
  return steps
}

const steps = fc.array(asked, { minLength: 10, maxLength: 40 }).map(run)

const everyStep = (holds: (step: Step) => boolean) => fc.property(steps, (all) => all.every(holds))

/** The rules of a change of the house, each by itself, with its stage. */
const brokenBy = ({
  at,
  before,
  command,
}: Step): readonly (readonly [number, Refusal.Refusal])[] => {
  if (command === undefined) return []
  const broken: (readonly [number, Refusal.Refusal])[] = []
  const name =
    command._tag === 'ChangeTerms'
      ? command.terms.line
      : command._tag === 'ChangeLevel'
        ? command.line
        : undefined
  const line = name === undefined ? undefined : before.lines.get(name)
  const lastAt = Math.max(before.lastAt, line?.lastAt ?? 0)
  if (command._tag === 'ChangeTerms' && command.terms.version !== (line?.version ?? 0) + 1)
    broken.push([
      600,
      {
        _tag: 'NotNextVersion',
        rule: 'HOU-9',
        version: command.terms.version,
        wanted: (line?.version ?? 0) + 1,
      },
    ])
  if (command._tag === 'ChangeLevel') {
    const { level } = command
    if (![0, 1, 2, 3].includes(level))
      broken.push([610, { _tag: 'BadSetting', rule: 'HOU-10', given: level === 4 ? 4n : -1n }])
    if (line === undefined)
      broken.push([5, { _tag: 'NoSuchLine', rule: 'HOU-2', line: command.line }])
  }
  if (command._tag === 'ChangeHouse' && command.ceiling < 0n)
    broken.push([610, { _tag: 'BadSetting', rule: 'HOU-10', given: command.ceiling }])
  if (!Number.isSafeInteger(at) || at < lastAt)
    broken.push([10, { _tag: 'BadTime', rule: 'HOU-1', at, lastAt }])
  return [...broken].sort(([a], [b]) => a - b)
}

law(
  'HOU-10',
  'a change of the house is refused by the broken rule of the lowest stage, with its facts, or by none',
  everyStep((step) => {
    if (step.command === undefined) return true
    const [first] = brokenBy(step)
    return first === undefined
      ? E.isRight(step.answer)
      : isDeepStrictEqual(step.answer, E.left(first[1]))
  }),
)

law(
  'HOU-10',
  'after a change the level, the ceiling and whether the house opens are as asked',
  everyStep(({ after, answer, command }) => {
    if (E.isLeft(answer)) return true
    if (command?._tag === 'ChangeLevel')
      return after.lines.get(command.line)?.level === command.level
    return (
      command?._tag !== 'ChangeHouse' ||
      (after.ceiling === command.ceiling && after.opens === command.opens)
    )
  }),
)

law(
  'HOU-9',
  'the versions of a line count up from one, and nothing but a change of terms changes them',
  everyStep(({ after, answer, before, command }) =>
    [...after.lines].every(([name, { version }]) => {
      const old = before.lines.get(name)?.version ?? 0
      const changed =
        command?._tag === 'ChangeTerms' && command.terms.line === name && E.isRight(answer)
      return version === (changed ? old + 1 : old)
    }),
  ),
)

law(
  'HOU-1',
  'time never goes back: of a line, of the changes of the house, nor of the events of either',
  fc.property(steps, (all) => {
    const last = new Map<string, number>()
    return all.every(({ after, answer, before, line }) => {
      if (E.isLeft(answer)) return after === before
      return answer.right.every((event) => {
        const about = event._tag === 'HouseChanged' ? 'house' : line
        const since = Math.max(
          last.get(about) ?? 0,
          about === 'house' ? 0 : (last.get('changes') ?? 0),
        )
        last.set(about, event.at)
        if (event._tag !== 'Opened') last.set('changes', event.at)
        return event.at >= since && Number.isSafeInteger(event.at)
      })
    })
  }),
)

law(
  'HOU-12',
  'an event changes no other line, and an opening neither levels, versions nor ceilings',
  everyStep(
    ({ after, answer, before, line }) =>
      names.every((name) => name === line || after.lines.get(name) === before.lines.get(name)) &&
      (E.isLeft(answer) ||
        answer.right[0]?._tag !== 'Opened' ||
        (after.ceiling === before.ceiling &&
          after.opens === before.opens &&
          after.lines.get(line)?.level === before.lines.get(line)?.level)),
  ),
)

law(
  'HOU-8',
  'no two lots of any lines have one name',
  fc.property(steps, (all) => {
    const opened = all.flatMap(({ answer }) =>
      E.isRight(answer) ? answer.right.flatMap((e) => (e._tag === 'Opened' ? [e.lot] : [])) : [],
    )
    return new Set(opened).size === opened.length
  }),
)

law(
  'HOU-3',
  'a closed house opens nothing, and an open one does in time',
  everyStep(
    ({ answer, before, command }) => command !== undefined || before.opens || E.isLeft(answer),
  ),
)

test('HOU-3 these runs open, change and refuse all that they are about', () => {
  const all = fc.sample(steps, { seed: 1, numRuns: 200 }).flat()
  const tags = all.map(({ answer }) =>
    E.isRight(answer) ? answer.right[0]?._tag : answer.left._tag,
  )
  const count = (tag: string): number => tags.filter((one) => one === tag).length
  expect(
    'Opened TermsChanged LevelChanged HouseChanged HouseClosed BadTime NoSuchLine NotNextVersion BadSetting Halted'
      .split(' ')
      .filter((tag) => count(tag) < 20),
  ).toEqual([])
  expect(all.filter((step) => brokenBy(step).length > 1).length).toBeGreaterThan(50)
})
