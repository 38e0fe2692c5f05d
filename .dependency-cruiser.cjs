/**
 * Who may import whom (CONTRIBUTING.md, "How the house is laid out"). Two tables say it; the rules follow from them.
 */

/** Each room: the rooms, the packages and the modules of Node that it may import. The command line may import anything. */
const rooms = {
  core: { packages: ['fp-ts'] },
  maker: { rooms: ['core'], packages: ['fp-ts'] },
  codec: { rooms: ['core', 'maker'], packages: ['fp-ts', 'io-ts', 'bignumber.js'] },
  // Of Node an engine takes SHA 256.
  engine: { rooms: ['core', 'codec'], packages: ['fp-ts'], builtins: ['crypto'] },
  market: { rooms: ['core', 'engine'], packages: ['fp-ts'] },
  watch: { rooms: ['core'], packages: ['fp-ts'] },
  tuning: { rooms: ['core', 'codec', 'engine', 'maker', 'market', 'watch'], packages: ['fp-ts'] },
  report: {
    rooms: ['core', 'codec', 'market', 'tuning'],
    packages: ['fp-ts', 'vega', 'vega-lite'],
  },
  study: { rooms: ['core', 'codec', 'maker', 'market', 'tuning'], packages: ['fp-ts'] },
  testing: { rooms: ['core', 'engine'], packages: ['fp-ts', 'fast-check', 'vitest'] },
}

/** The modules of core, from the bottom up: each may import those of earlier rows only. */
const levels = [
  ['Fixed'],
  ['Hazard'],
  ['Shape'],
  ['Curve'],
  ['Clause'],
  ['Refusal', 'Safety'],
  ['Terms'],
  ['Event', 'TreasuryTerms'],
  ['Check', 'Lot'],
  ['Bid', 'Sale'],
  ['Position', 'Reward'],
  ['Seizure'],
  ['Dutch', 'English', 'House', 'Ledger'],
  ['Treasury'],
  ['Auction'],
  ['index'],
]

const oneOf = (names) => `(${names.map((name) => name.replaceAll('.', '\\.')).join('|')})`
const modules = (names) => `^src/core/${oneOf(names)}\\.ts$`

const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    error('no-cycles', 'Nothing imports itself in a circle.', {}, { circular: true }),
    error(
      'entry-imports-only-core',
      'The main entry is the core and nothing else.',
      { path: '^src/index\\.ts$' },
      { pathNot: '^src/core/index\\.ts$' },
    ),
    error(
      'nothing-imports-the-entry',
      'A room imports another room, not the package.',
      { path: '^src/', pathNot: '^src/cli/' },
      { path: '^src/index\\.ts$' },
    ),
    error(
      'nothing-imports-cli',
      'The command line is above all rooms.',
      { pathNot: '^src/cli/' },
      { path: '^src/cli/' },
    ),
    error(
      'every-room-has-a-place',
      'A new room is added to the table above.',
      { path: '^src/', pathNot: `^src/(index\\.ts$|adapter/|cli/|${oneOf(Object.keys(rooms))}/)` },
      {},
    ),
    ...Object.entries(rooms).map(([room, { rooms = [], packages, builtins = [] }]) =>
      error(
        `${room}-imports-only-what-is-below`,
        `${room} may import ${[...rooms, ...packages, ...builtins].join(', ')}, and itself.`,
        { path: `^src/${room}/` },
        {
          pathNot: [
            `^src/${oneOf([room, ...rooms])}/`,
            `^node_modules/${oneOf(packages)}/`,
            ...builtins.map((name) => `^${name}$`),
          ],
        },
      ),
    ),
    error(
      'adapters-import-the-engine-but-not-each-other',
      'An adapter may import core, codec, engine, itself, Node, and any package.',
      { path: '^src/adapter/([^/]+)/' },
      { path: '^src/', pathNot: ['^src/(core|codec|engine)/', '^src/adapter/$1/'] },
    ),
    error(
      'every-module-of-core-has-a-place',
      'A new module of core is added to the levels above.',
      { path: '^src/core/', pathNot: modules(levels.flat()) },
      {},
    ),
    ...levels.map((names, level) =>
      error(
        `core-${names.join('-')}-imports-only-what-is-below`,
        'A module of core imports those of earlier levels only.',
        { path: modules(names) },
        { path: '^src/core/', pathNot: modules(levels.slice(0, level).flat()) },
      ),
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
}
