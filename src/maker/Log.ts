/**
 * Log: the events that MakerDAO's liquidation contracts emit, with their own field names and units.
 *
 * Laws: MKR-6 (spec/14-maker.md).
 * Source: the events of dog.sol, clip.sol, cat.sol, flip.sol, flap.sol and flop.sol in MakerDAO's dss.
 */

/** A seizure, and the sale that it made (Dog). `due` is the debt, without the penalty. */
export interface Bark {
  readonly name: 'Bark'
  readonly ilk: string
  readonly urn: string
  readonly ink: bigint
  readonly art: bigint
  readonly due: bigint
  readonly id: bigint
}

/** A sale by a falling price was opened. `coin` is what the keeper earned. */
export interface Kick {
  readonly name: 'Kick'
  readonly id: bigint
  readonly top: bigint
  readonly tab: bigint
  readonly lot: bigint
  readonly usr: string
  readonly kpr: string
  readonly coin: bigint
}

/** A part was sold; `tab` and `lot` are what is left, before a sale that is over is deleted. */
export interface Take {
  readonly name: 'Take'
  readonly id: bigint
  readonly max: bigint
  readonly price: bigint
  readonly owe: bigint
  readonly tab: bigint
  readonly lot: bigint
  readonly usr: string
}

/** A sale was started again. */
export interface Redo extends Omit<Kick, 'name'> {
  readonly name: 'Redo'
}

/** A sale was called off. */
export interface Yank {
  readonly name: 'Yank'
  readonly id: bigint
}

/** What a clipper and its dog log. */
export type OfClipper = Bark | Kick | Take | Redo | Yank

/** A seizure, and the auction by bids that it made (Cat). `tab` is the debt, without the penalty. */
export interface Bite {
  readonly name: 'Bite'
  readonly ilk: string
  readonly urn: string
  readonly ink: bigint
  readonly art: bigint
  readonly tab: bigint
  readonly id: bigint
}

/** An auction of collateral by bids was opened. */
export interface FlipKick {
  readonly name: 'Kick'
  readonly id: bigint
  readonly lot: bigint
  readonly bid: bigint
  readonly tab: bigint
  readonly usr: string
  readonly gal: string
}
