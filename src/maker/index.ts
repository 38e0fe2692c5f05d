export * as Clipper from './Clipper.js'
export * as Flipper from './Flipper.js'
export * as Maker from './Maker.js'
