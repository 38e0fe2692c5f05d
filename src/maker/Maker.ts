/**
 * Maker: MakerDAO's liquidation parameters, by its own names, as Terms of the core.
 */

export { clipper } from './Clipper.js'
export { flipper } from './Flipper.js'
