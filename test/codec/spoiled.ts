/**
 * Spoiled: JSON that is nearly what a codec reads, to hold its schema against it.
 */

import fc from 'fast-check'

/** A value that was written, with something in it changed for something else, or left out, or put in. */
export const spoiled = (json: unknown): fc.Arbitrary<unknown> =>
  fc.tuple(fc.nat(), fc.nat(), junk).map(([where, how, value]) => {
    const copy = structuredClone(json)
    const nodes = records(copy)
    const node = nodes[where % nodes.length]
    if (node === undefined) return value
    const keys = Object.keys(node)
    const key = keys[how % (keys.length + 1)]
    if (key === undefined) node['extra'] = value
    else if (how % 3 === 0) Reflect.deleteProperty(node, key)
    else node[key] = value
    return copy
  })

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e300, 2 ** 53, '', '1', '-0.50', '1.', '1e5'),
  fc.constantFrom<unknown>('01', '1.0', '0'.repeat(131), '1.1234567890123456789', 'NaN', [], {}),
  fc.constantFrom<unknown>(
    'Infinity',
    '1e+21',
    '-1e-7',
    'Dutch',
    'escrow',
    'Constant',
    3,
    4,
    '\n1',
  ),
  fc.bigInt().map(String),
  // Zeros at the end do not count as places; 46 others are too many for every unit.
  fc.nat(50).map((zeros) => `0.5${'0'.repeat(zeros)}`),
  fc.nat(50).map((places) => `1.${'0'.repeat(places)}1`),
)

const records = (value: unknown): readonly Record<string, unknown>[] => {
  if (Array.isArray(value)) return value.flatMap(records)
  if (typeof value !== 'object' || value === null) return []
  const record = value as Record<string, unknown>
  return [record, ...Object.values(record).flatMap(records)]
}
