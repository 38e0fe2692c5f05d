export * as BlackThursday from './BlackThursday.js'
