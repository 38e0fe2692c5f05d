/** What the soak uses of the house. */

export { Sql } from '../../src/adapter/sql/index.js'
export { Shape } from '../../src/codec/index.js'
export * as Checkpoint from '../../src/engine/Checkpoint.js'
export {
  Ask,
  Audit,
  Book,
  Denied,
  Engine,
  type Port,
  Record,
  Request,
} from '../../src/engine/index.js'
