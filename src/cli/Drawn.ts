/**
 * Drawn: the pictures of a command, as one page (`--report`) and as files (`--svg`). Whether they can be drawn and
 * written is asked before anything is run.
 *
 * Laws: REP-12 (spec/24-report.md).
 */

import { basename, dirname, join, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Draw, Figures, Page, type Picture, Pictures, Svg } from '../report/index.js'
import { type Io, mismatch, type Problem } from './Io.js'

// Model

export interface Flags {
  readonly report?: string
  readonly svg?: string
  /** Other files that the same command writes. */
  readonly csv?: string
  readonly save?: string
  readonly log?: string
}

/** What is to be drawn of what a command found. */
export interface Found {
  readonly title: string
  readonly pictures: readonly Picture.Picture[]
  /** What the terminal is told. */
  readonly text: string
}

/** Draws and writes what was found: the lines that say where it is. */
type Writer = (found: () => Found) => Promise<E.Either<Problem, string>>

/** What the flags are for. */
export const help = {
  report: 'draw what was found on one page of HTML, which needs no network',
  svg: 'draw each picture as a file in this folder, which is made where it is not there',
} as const

// Before anything is run

type Checked = E.Either<Problem, undefined>

const unwritable =
  (flag: string, path: string) =>
  (why: string): Problem =>
    mismatch(flag, path, `a file that can be written: ${why}`)

/** A file that is there is written anew where it was written by this program, and left alone where not. */
const checkFile = (io: Io, flag: string, path: string, mark: string): Checked => {
  const unfit = unwritable(flag, path)
  return pipe(
    io.list(dirname(path)),
    E.mapLeft(unfit),
    E.chain((names) =>
      names.includes(basename(path))
        ? pipe(
            io.read(path),
            E.mapLeft(unfit),
            E.filterOrElse(
              (text) => text.slice(0, 1000).includes(mark),
              () => mismatch(flag, path, 'a new file, or one that this flag has written before'),
            ),
          )
        : E.right(''),
    ),
    E.chain(() => pipe(io.tryOut(path), E.mapLeft(unfit))),
  )
}

const checkReport = (io: Io, { csv, log, report, save }: Flags): Checked => {
  if (report === undefined) return E.right(undefined)
  if (report === '' || report === '-')
    return E.left(mismatch('--report', report, 'the name of a file'))
  const others = Object.entries({ csv, log, save })
  const [same] =
    others.find(([, path]) => path !== undefined && resolve(path) === resolve(report)) ?? []
  return same === undefined
    ? checkFile(io, '--report', report, Page.MARK)
    : E.left(mismatch('--report', report, `another file than that of --${same}`))
}

const pictureIn = (folder: string, name: string): string => join(folder, `${name}.svg`)

/** The folder of pictures is made where it is not there; a picture that is another program's is left alone. */
const checkFolder = (io: Io, { svg }: Flags): Checked =>
  svg === undefined
    ? E.right(undefined)
    : svg === ''
      ? E.left(mismatch('--svg', svg, 'the name of a folder'))
      : pipe(
          io.makeFolder(svg),
          E.mapLeft((why) => mismatch('--svg', svg, `a folder: ${why}`)),
          E.chain(() =>
            E.traverseArray((name: string) =>
              checkFile(io, '--svg', pictureIn(svg, name), Svg.MARK),
            )(Pictures.names),
          ),
          E.map(() => undefined),
        )

// Afterwards

const written = (io: Io, flag: string, path: string, text: string): Checked =>
  pipe(io.write(path, text), E.mapLeft(unwritable(flag, path)))

const page = async (
  io: Io,
  draw: Draw.Draw,
  path: string,
  { pictures, text, title }: Found,
): Promise<Checked> => {
  const drawn: (readonly [Picture.Picture, string])[] = []
  for (const picture of pictures) drawn.push([picture, await draw(picture, false)])
  return written(io, '--report', path, Page.html({ title, pictures: drawn, text }))
}

const files = async (
  io: Io,
  draw: Draw.Draw,
  folder: string,
  { pictures }: Found,
): Promise<Checked> => {
  for (const picture of pictures) {
    const text = Svg.file(picture, await draw(picture, true))
    const done = written(io, '--svg', pictureIn(folder, picture.name), text)
    if (E.isLeft(done)) return done
  }
  return E.right(undefined)
}

/** Whether pictures are asked for. */
export const isAsked = ({ report, svg }: Flags): boolean =>
  report !== undefined || svg !== undefined

/** What writes the pictures that the flags ask for, once it is known that it can. */
const open = async (io: Io, flags: Flags): Promise<E.Either<Problem, Writer>> => {
  if (!isAsked(flags)) return E.right(() => Promise.resolve(E.right('')))
  const { report, svg } = flags
  const checked = checkReport(io, flags)
  if (E.isLeft(checked)) return checked
  const draw = await io.draw()
  if (E.isLeft(draw)) return E.left(`${report === undefined ? '--svg' : '--report'}: ${draw.left}`)
  // A folder is made last: what is refused leaves nothing behind.
  const made = checkFolder(io, flags)
  if (E.isLeft(made)) return made
  return E.right(async (found) => {
    const all = found()
    const paged =
      report === undefined ? E.right(undefined) : await page(io, draw.right, report, all)
    if (E.isLeft(paged)) return paged
    const filed = svg === undefined ? E.right(undefined) : await files(io, draw.right, svg, all)
    if (E.isLeft(filed)) return filed
    const places = [report, svg].filter((one) => one !== undefined).join(' and ')
    return E.right(`\n${Figures.counted(all.pictures.length, 'picture')}: ${places}\n`)
  })
}

/** Does what a command does, once it is known that its pictures can be drawn and written. */
export const before = async <A>(
  io: Io,
  flags: Flags,
  then: (write: Writer) => Promise<E.Either<Problem, A>>,
): Promise<E.Either<Problem, A>> => {
  const write = await open(io, flags)
  return E.isLeft(write) ? write : then(write.right)
}

/** What is printed once the pictures are written: a document, or the text with where they are. */
export const told = async (
  write: Writer,
  found: () => Found,
  document: string | undefined,
): Promise<E.Either<Problem, string>> =>
  pipe(
    await write(found),
    E.map((places) => document ?? `${found().text}${places}`),
  )
