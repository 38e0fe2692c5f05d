export * as BlackThursday from './BlackThursday.js'
export * as Gauntlet from './Gauntlet.js'
