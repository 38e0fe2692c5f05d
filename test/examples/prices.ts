/**
 * What the examples of spec/18-prices.md are written with.
 */

export { Real } from '../../src/market/index.js'
