/**
 * Draw: pictures as SVG, by Vega and Vega-Lite, which are loaded where somebody asks for a picture, and not before.
 *
 * Laws: REP-2, REP-12 (spec/24-report.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import * as Palette from './Palette.js'
import type { Picture } from './Picture.js'

/** What Vega makes of a picture, with its title on it where that is asked for. */
export type Draw = (picture: Picture, isTitled: boolean) => Promise<string>

/** The packages that it takes. */
const packages: readonly string[] = ['vega', 'vega-lite']

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).endsWith('MODULE_NOT_FOUND')

interface Silent {
  readonly level: () => Silent
  readonly error: () => Silent
  readonly warn: () => Silent
  readonly info: () => Silent
  readonly debug: () => Silent
}

const same = (): Silent => silent

/** A reader can do nothing about what Vega-Lite has to say of a specification: a test holds that it says nothing. */
const silent: Silent = { level: same, error: same, warn: same, info: same, debug: same }

/** What draws, or in words why there is nothing that does. */
export const load = async (): Promise<E.Either<string, Draw>> => {
  try {
    const [vega, lite] = await Promise.all([import('vega'), import('vega-lite')])
    return E.right(({ spec, title }, isTitled) => {
      const whole = isTitled ? { ...spec, title: { text: title, offset: 16 } } : spec
      const { spec: parsed } = lite.compile(whole as never, {
        config: Palette.config,
        logger: silent,
      })
      return new vega.View(vega.parse(parsed), { renderer: 'none' }).toSVG()
    })
  } catch (error) {
    return E.left(
      isMissing(error)
        ? `a package that it takes is missing: npm install ${packages.join(' ')}`
        : error instanceof Error
          ? error.message
          : String(error),
    )
  }
}
