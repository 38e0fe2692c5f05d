export * as Arbitrary from './Arbitrary.js'
export * as Events from './Events.js'
export * as History from './History.js'
export * as StoreContract from './StoreContract.js'
