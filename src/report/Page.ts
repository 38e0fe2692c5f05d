/**
 * Page: pictures with their captions, and the figures as text, as one page of HTML that needs nothing else.
 *
 * Laws: REP-1, REP-11 (spec/24-report.md).
 */

import * as Palette from './Palette.js'
import type { Picture } from './Picture.js'
import * as Svg from './Svg.js'

// Model

export interface Page {
  readonly title: string
  /** Each picture, and what Vega drew of it. */
  readonly pictures: readonly (readonly [Picture, string])[]
  /** What the terminal is told. */
  readonly text: string
}

/** By this a file is known as one that may be written again. */
export const MARK = '<meta name="generator" content="knockdown">'

// As text

const colours = (of: Readonly<Record<string, string>>): string =>
  ['ink', 'soft', 'grid', 'paper'].map((role) => `--${role}:${of[role] ?? ''}`).join(';')

const style = [
  `:root{color-scheme:light dark;${colours(Palette.light)}}`,
  `@media screen and (prefers-color-scheme:dark){:root{${colours(Palette.dark)}}}`,
  Palette.style('svg '),
  'body{background:var(--paper);color:var(--ink);font:1rem/1.5 sans-serif;margin:2rem auto;max-width:56rem;padding:0 1rem}',
  'h1{font-size:1.5rem;overflow-wrap:anywhere}h2{break-after:avoid;font-size:1.15rem;margin:0 0 .5rem}',
  'figure{margin:2.5rem 0;break-inside:avoid}figcaption{color:var(--soft);max-width:48rem}',
  'svg{display:block;height:auto;max-width:100%}',
  'pre{border-top:1px solid var(--grid);font-size:.8rem;overflow-x:auto;padding-top:1rem;white-space:pre-wrap}',
  // What stands in columns stays in them.
  'pre span{white-space:pre}',
  // In a narrow window a picture stays as large as it can be read, and is moved sideways.
  '@media screen and (max-width:46rem){.view{overflow-x:auto}.view svg{max-width:none}}',
  '@media print{:root{font-size:80%}body{margin:0;max-width:none}figure{margin:1.5rem 0}}',
].join('\n')

const figure = ([picture, drawn]: readonly [Picture, string]): string =>
  [
    `<figure id="${picture.name}">`,
    `<h2>${Svg.escaped(picture.title)}</h2>`,
    `<div class="view">${Svg.inPage(picture, drawn)}</div>`,
    `<figcaption>${Svg.escaped(picture.caption)}</figcaption>`,
    '</figure>',
  ].join('\n')

/** Text as it stands in a terminal: lines of columns are not broken, others are where the window ends. */
const lines = (text: string): string =>
  Svg.escaped(text)
    .split('\n')
    .map((line) => (line.includes('  ') ? `<span>${line}</span>` : line))
    .join('\n')

/** The page. Its policy forbids a browser to load or to run anything. */
export const html = ({ pictures, text, title }: Page): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    MARK,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${Svg.escaped(title)}</title>`,
    `<style>\n${style}\n</style>`,
    '</head>',
    '<body>',
    `<h1>${Svg.escaped(title)}</h1>`,
    ...pictures.map(figure),
    `<h2>The figures</h2>`,
    `<pre>${lines(text)}</pre>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
