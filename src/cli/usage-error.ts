// A command line that cannot be carried out: what is wrong with it, and what was probably meant.

export class UsageError extends Error {
  constructor(problem: string) {
    super(problem)
    this.name = 'UsageError'
  }
}
