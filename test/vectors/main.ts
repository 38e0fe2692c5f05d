/**
 * main: npm run -s vectors -- DIR.
 */

import { reason, run } from './report.js'

const complain = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

try {
  process.exitCode = run(process.argv.slice(2), {
    say: (line) => process.stdout.write(`${line}\n`),
    complain,
  })
} catch (error) {
  complain(reason(error))
  process.exitCode = 2
}
