/**
 * Loan: what the example of README.md is about: terms, a position, prices and a house, plain data.
 */

export {
  exampleHouse as house,
  examplePosition as position,
  exampleQuotes as quotes,
  exampleTerms as terms,
} from './example.js'
