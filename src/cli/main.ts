#!/usr/bin/env node
/**
 * main: the program `knockdown`: its arguments, files and terminal, handed to Cli.
 */

import { readFileSync } from 'node:fs'
import { Presets, SingleBar } from 'cli-progress'
import { Draw } from '../report/index.js'
import { run } from './Cli.js'
import type { Io } from './Io.js'
import { files, inPackage } from './Files.js'
import { pool } from './Pool.js'
import { live, outputStatus, watchOutput } from './Process.js'

const progress: Io['progress'] = (doing) => {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar(
    {
      format: `${doing} [{bar}] {percentage} %, {eta_formatted} left`,
      clearOnComplete: true,
      stream: process.stderr,
    },
    Presets.rect,
  )
  let shown = 0
  bar.start(100, 0)
  return {
    update: (part) => {
      const percent = Math.floor(part * 100)
      if (percent !== shown) bar.update(percent)
      shown = percent
    },
    stop: () => {
      bar.stop()
    },
  }
}

watchOutput()

const { version } = JSON.parse(readFileSync(inPackage('package.json'), 'utf8')) as {
  version: string
}

const status = await run(process.argv.slice(2), {
  version,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  ...files,
  progress,
  pool,
  draw: Draw.load,
  live,
})

process.exitCode = Math.max(status, outputStatus)
