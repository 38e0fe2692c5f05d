/**
 * Days: two short days of prices that fall, in a folder.
 */

const header = 'time,open,high,low,close,volume,gas_price_gwei\n'

/** A fall by a third within an hour, some way below 100, then nothing. */
const day = (top: number): string =>
  header +
  Array.from({ length: 8 }, (_, i) => {
    const [open, close] = [i, i + 1].map((j) => top * (1 - Math.min(j, 6) / 18))
    return `${600 * i},${open?.toFixed(4)},${open?.toFixed(4)},${close?.toFixed(4)},${close?.toFixed(4)},0,50\n`
  }).join('')

export const days: Readonly<Record<string, string>> = {
  'days/1.csv': day(100),
  'days/2.csv': day(90),
  'days/note.txt': 'no day',
}
