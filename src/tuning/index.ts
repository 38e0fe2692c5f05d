export * as Outcome from './Outcome.js'
export * as Presets from './Presets.js'
export * as Simulate from './Simulate.js'
