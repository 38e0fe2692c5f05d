export * as Csv from './Csv.js'
export * as Decimal from './Decimal.js'
export * as Positions from './Positions.js'
export * as Prices from './Prices.js'
