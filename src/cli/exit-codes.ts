// What podproof tells the program that started it.

export const EXIT = {
  /** Every claim held. */
  held: 0,
  /** A claim failed. */
  failed: 1,
  /** The command line or the configuration is wrong. */
  usage: 2,
  /** The cluster or the environment failed: nothing is said about any claim. */
  environment: 3,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
