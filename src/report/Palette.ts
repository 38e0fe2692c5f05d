/**
 * Palette: the colours of pictures, on paper and on a dark screen. Those that tell things apart are of Okabe and Ito,
 * which people who see fewer colours tell apart too; what differs in colour differs in shape or place besides.
 *
 * A picture is drawn in the colours of paper; a style sheet exchanges each for its dark one where the reader's screen is dark.
 *
 * Laws: REP-11 (spec/24-report.md).
 * Source: Okabe and Ito, Color Universal Design (2008); viridis: Smith and van der Walt (2015).
 */

// Model

/** What a colour is for. */
type Role = 'ink' | 'soft' | 'grid' | 'paper' | 'market' | 'dutch' | 'english' | 'best' | 'other'

type Colours = Readonly<Record<Role, string>>

/** The colours of Okabe and Ito that are used here. */
export const okabeIto = {
  orange: '#e69f00',
  skyBlue: '#56b4e9',
  green: '#009e73',
  blue: '#0072b2',
  vermillion: '#d55e00',
  purple: '#cc79a7',
} as const

export const light: Colours = {
  ink: '#1f2328',
  soft: '#59636e',
  grid: '#dfe3e8',
  paper: '#ffffff',
  market: '#6b7580',
  dutch: okabeIto.blue,
  english: okabeIto.vermillion,
  best: okabeIto.green,
  other: okabeIto.purple,
}

/** Lighter ones of the same kinds, to stand out from the dark. */
export const dark: Colours = {
  ink: '#e6edf3',
  soft: '#a3adb8',
  grid: '#2d333b',
  paper: '#12161c',
  market: '#8d97a3',
  dutch: okabeIto.skyBlue,
  english: okabeIto.orange,
  best: '#2fbf95',
  other: '#e3a5c7',
}

/** Of many values in order, the greatest darkest on paper. */
export const SCHEME = 'viridis'

/** From which part of the scale on white is read better on it than black. */
export const DARK_FROM = 0.45

const colours: Readonly<Record<string, string>> = { Dutch: light.dutch, English: light.english }
const shapes: Readonly<Record<string, string>> = { Dutch: 'circle', English: 'diamond' }

/** The colour of an auction, and its shape. */
export const colorOf = (auction: string): string => colours[auction] ?? light.other
export const shapeOf = (auction: string): string => shapes[auction] ?? 'square'

/** What tells auctions apart by colour, of those that there are. */
export const color = (auctions: readonly string[]): Readonly<Record<string, unknown>> => ({
  field: 'auction',
  type: 'nominal',
  title: 'auction',
  scale: { domain: auctions, range: auctions.map(colorOf) },
})

/** The font that every machine has, at the sizes of a page. */
export const config: Readonly<Record<string, unknown>> = {
  aria: false,
  background: light.paper,
  font: 'sans-serif',
  padding: 8,
  view: { stroke: light.grid },
  axis: {
    domainColor: light.soft,
    gridColor: light.grid,
    labelColor: light.soft,
    labelFontSize: 12,
    tickColor: light.soft,
    titleColor: light.ink,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 8,
  },
  // A label stands at its mark, also at the ends of an axis.
  axisX: { labelFlush: false },
  header: { labelColor: light.ink, labelFontSize: 12, titleColor: light.ink },
  legend: {
    labelColor: light.soft,
    labelFontSize: 12,
    titleColor: light.ink,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    gradientStrokeColor: light.grid,
  },
  title: { color: light.ink, fontSize: 14, anchor: 'start' },
}

// Style sheets

/** What exchanges the colours of paper for those of the dark, on screens only: print stays on paper. */
export const style = (within: string): string => {
  const exchanged = Object.entries(light).flatMap(([role, colour]) =>
    ['fill', 'stroke'].map(
      (part) => `${within}[${part}="${colour}"]{${part}:${dark[role as Role]}}`,
    ),
  )
  return `@media screen and (prefers-color-scheme:dark){${exchanged.join('')}}`
}
