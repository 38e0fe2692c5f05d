/** What spec/25-work.md shows: a day, a task of it and its job. */

import type * as Work from '../../src/adapter/sql/Work.js'
import * as Parcel from '../../src/cli/Parcel.js'
import type { Case } from '../../src/cli/Task.js'

export { Parcel }

export const shownDay: Case = {
  prices: 'days/1.csv',
  positions: '8',
  seed: '1',
  block: '12',
  oracleDelay: '600',
  bidders: '10',
  capital: '20000',
}

export const shownTask = (): Work.Task => Parcel.task({ day: shownDay, terms: '{}' })

export const shownJob = (version = '0.1.0'): Work.Job =>
  Parcel.job(version, { base: '{}', files: new Map([['days/1.csv', 'time,open']]) })
