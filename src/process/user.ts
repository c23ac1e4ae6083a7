// Who a process is, as far as files and signals care.

/** A process's credentials. */
export interface User {
  readonly uid: number
  readonly gid: number
  /** Supplementary groups. */
  readonly groups: readonly number[]
}

/** uid 0: may do everything. */
export const root: User = { uid: 0, gid: 0, groups: [0] }
