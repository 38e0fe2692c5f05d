/**
 * Feed: what is stored is followed as it comes, without any waiting in the test itself.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { expect, test } from 'vitest'
import { Feed, type Port } from '../../src/engine/index.js'
import { price } from '../example.js'
import { founded, founding } from './world.js'

const idsOf = (page: E.Either<unknown, Port.Page>): readonly string[] =>
  E.isRight(page) ? page.right.entries.map(({ command }) => command) : ['failed']

test('PRT-16 a follower meets every entry once, those that are stored while it waits too', async () => {
  const { ask, store } = await founded()
  const pages: (readonly string[])[] = []
  let waits = 0
  const wait = async (): Promise<void> => {
    waits += 1
    if (waits > 3) return
    await ask(`q${waits}`, { _tag: 'Quote', asset: 'ETH', risk: price(1n), market: price(1n) })
  }
  for await (const page of Feed.follow(store, undefined, {
    wait,
    until: () => waits > 3,
    limit: 2,
  }))
    pages.push(idsOf(page))
  const ids = founding.map(({ id }) => id)
  expect(pages).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4), ['q1'], ['q2'], ['q3']])
})

test('PRT-16 a follower goes on after any cursor', async () => {
  const { store } = await founded()
  const cursors: (string | undefined)[] = [undefined]
  let isOver = false
  const how = {
    wait: (): Promise<void> => {
      isOver = true
      return Promise.resolve()
    },
    until: () => isOver,
    limit: 1,
  }
  for await (const page of Feed.follow(store, undefined, how))
    cursors.push(E.isRight(page) ? page.right.next : 'failed')
  for (const [i, cursor] of cursors.entries()) {
    isOver = false
    const seen: string[] = []
    for await (const page of Feed.follow(store, cursor, how)) seen.push(...idsOf(page))
    expect(seen).toEqual(founding.slice(i).map(({ id }) => id))
  }
})

test('PRT-16 a follower ends with what makes the store unavailable, and asks nothing of it once it is to stop', async () => {
  const gone: Port.Unavailable = { _tag: 'Unavailable', what: 'store', why: 'gone' }
  const how = { wait: () => Promise.resolve(), until: () => false }
  const met: unknown[] = []
  for await (const page of Feed.follow({ since: () => TE.left(gone) }, undefined, how))
    met.push(page)
  expect(met).toEqual([E.left(gone)])
  const never = { ...how, until: () => true }
  for await (const page of Feed.follow({ since: () => TE.left(gone) }, undefined, never))
    met.push(page)
  expect(met).toHaveLength(1)
})
