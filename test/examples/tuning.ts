/**
 * Sample data of spec/19-tuning.md: the room itself.
 */

export { Optimise, Pareto, Points, Space, Statistics } from '../../src/tuning/index.js'
