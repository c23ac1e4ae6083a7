// How a program gives up: a message, and an exit status.

/** Thrown by programs; printed as `NAME: message`. */
export class ProgramError extends Error {
  readonly status: number

  constructor(message: string, status = 1) {
    super(message)
    this.name = 'ProgramError'
    this.status = status
  }
}
