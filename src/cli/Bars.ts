/**
 * Bars: figures as bars of text, for those without a browser. They have no colour, so that every terminal and file shows them.
 *
 * Laws: REP-13 (spec/24-report.md).
 */

/** How wide the longest bar is. */
const WIDTH = 24

/** From an eighth of a character to seven. */
const parts = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** A bar of at most so many characters, to the nearest eighth of one; of what is above 0 at least one eighth (REP-13). */
export const bar = (value: number, most: number, width: number = WIDTH): string => {
  if (!(value > 0 && value <= most && most < Infinity)) return ''
  const eighths = Math.max(1, Math.round((value / most) * width * 8))
  return '█'.repeat(Math.floor(eighths / 8)) + (parts[eighths % 8] ?? '')
}

/** A figure with what it is called, and as text. */
export interface Row {
  readonly labels: readonly string[]
  readonly value: number
  readonly text: string
}

/** Lines of rows: labels in columns, a bar, the figure. */
export const lines = (rows: readonly Row[]): readonly string[] => {
  const most = Math.max(0, ...rows.map(({ value }) => value).filter(Number.isFinite))
  const widths = (rows[0]?.labels ?? []).map((_, i) =>
    Math.max(...rows.map(({ labels }) => (labels[i] ?? '').length)),
  )
  return rows.map(({ labels, text, value }) => {
    const drawn = bar(value, most)
    return [
      ...labels.map((label, i) => label.padEnd(widths[i] ?? 0)),
      ...(drawn === '' ? [] : [drawn]),
      text,
    ].join('  ')
  })
}

/** Bars for a column of a table, all of one width. */
export const column = (values: readonly number[], width: number): readonly string[] => {
  const most = Math.max(0, ...values.filter(Number.isFinite))
  return values.map((value) => bar(value, most, width).padEnd(width))
}
