// The colours of a terminal, or none.

import picocolors from 'picocolors'

type Paint = (text: string) => string

export interface Colours {
  readonly bold: Paint
  readonly cyan: Paint
  readonly dim: Paint
  readonly green: Paint
  readonly red: Paint
  readonly yellow: Paint
  /** Whether the texts come out painted at all. */
  readonly isColorSupported: boolean
}

/** Colours for a stream: only a terminal gets them, unless NO_COLOR or FORCE_COLOR say otherwise. */
export function coloursOf(stream: { readonly isTTY?: boolean }): Colours {
  const { NO_COLOR: no, FORCE_COLOR: force } = process.env
  const isColoured = no ? false : force ? force !== '0' : stream.isTTY === true
  return picocolors.createColors(isColoured)
}
