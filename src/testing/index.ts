export * as Arbitrary from './Arbitrary.js'
