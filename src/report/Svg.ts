/**
 * Svg: what Vega draws as a picture of a page, or as a file of its own.
 *
 * Vega numbers what it refers to from one picture to the next, so that the second time it draws the same picture it is
 * another text, and two of them on a page could refer to each other's parts: here the numbers begin with the name of the picture.
 *
 * Laws: REP-1, REP-2 (spec/24-report.md).
 */

import * as Palette from './Palette.js'
import type { Picture } from './Picture.js'

/** Text in HTML or SVG, also between quotes. */
export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** Each id by its place, with the name of the picture before it. */
const renamed = (svg: string, name: string): string => {
  const ids = [...new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id))]
  const places = new Map(ids.map((id, i) => [id, `${name}-${i + 1}`]))
  const place = (id: string): string => places.get(id) ?? id
  return svg
    .replace(/ id="([^"]+)"/g, (_, id: string) => ` id="${place(id)}"`)
    .replace(/url\(#([^)"]+)\)/g, (_, id: string) => `url(#${place(id)})`)
}

/** What is for programs that point at parts of a picture, which nothing here does. */
const plain = (svg: string): string =>
  svg.replace(/ (?:aria-hidden|aria-roledescription|role|class|pointer-events)="[^"]*"/g, '')

const opening = /^<svg [^>]*?(width="[^"]*" height="[^"]*" viewBox="[^"]*")[^>]*>/

/** A picture on a page: whoever does not see it is told its title and caption. */
export const inPage = ({ name, title }: Picture, drawn: string): string =>
  renamed(
    plain(drawn).replace(
      opening,
      (_, size: string) => `<svg role="img" aria-label="${escaped(title)}" ${size}>`,
    ),
    name,
  )

/** By this a file is known as one that may be written again. */
export const MARK = '<!-- knockdown: a picture -->'

/** A picture as a file. */
export const file = ({ caption, name, title }: Picture, drawn: string): string => {
  const head = `<title>${escaped(title)}</title><desc>${escaped(caption)}</desc><style>${Palette.style('')}</style>`
  return `${renamed(
    plain(drawn).replace(
      opening,
      (_, size: string) =>
        `<svg xmlns="http://www.w3.org/2000/svg" role="img" ${size}>${MARK}${head}`,
    ),
    name,
  )}\n`
}
