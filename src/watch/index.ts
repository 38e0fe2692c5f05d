export * as Watch from './Watch.js'
