/**
 * Samples for the examples of spec/10-ports.md: an entry, and two requests.
 */

import { Chain, type Port, type Request } from '../../src/engine/index.js'
import { rad, ray, wad } from '../example.js'

/** The first entry of a stream. */
export const portsEntry: Port.Entry = Chain.link(Chain.start, {
  stream: 'price/ETH',
  type: 'Quoted',
  format: 1,
  command: 'c-1',
  data: '{"_tag":"Quoted","at":7,"asset":"ETH","risk":"1","market":"1"}',
})

/** The one after it. */
export const portsNext: Port.Entry = Chain.link(portsEntry, portsEntry)

export const portsOpen: Request.Request = {
  id: 'c-2',
  ask: { _tag: 'Open', keeper: 'kim', position: 'p1' },
}

export const portsTake: Request.Request = {
  id: 'c-3',
  ask: {
    _tag: 'ToLot',
    lot: 'MAIN/7',
    command: {
      _tag: 'Take',
      bidder: 'ben',
      want: { _tag: 'Spend', money: rad('100') },
      limit: ray('2'),
      atLeast: wad('1'),
    },
  },
}
