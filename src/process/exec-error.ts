// Why a program could not be started: the facts, which a container runtime and a shell word differently.

/** What stood in the way, as execve(2) and the search of $PATH tell them apart. */
export type ExecErrorKind =
  | 'not found in $PATH'
  | 'no such file'
  | 'not a directory'
  | 'permission denied'
  | 'is a directory'
  | 'exec format error'
  | 'no such cwd'

/** Thrown by `ProcessTable.spawn`. `path` is the executable as it was asked for, or the working directory. */
export class ExecError extends Error {
  readonly kind: ExecErrorKind
  readonly path: string

  constructor(kind: ExecErrorKind, path: string) {
    super(`${path}: ${kind}`)
    this.name = 'ExecError'
    this.kind = kind
    this.path = path
  }
}
