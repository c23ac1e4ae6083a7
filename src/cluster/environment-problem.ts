// Something around podproof is not as it has to be: what is wrong, and what to type.

/** No claim can be judged before somebody has done something about it. */
export class EnvironmentProblem extends Error {
  /** What is wrong, in one sentence. */
  readonly problem: string
  /** What to type, or to do; several lines perhaps. */
  readonly advice: string

  constructor(problem: string, advice: string, options?: ErrorOptions) {
    super(`${problem}\n${advice.replaceAll(/^(?=.)/gm, '  ')}`, options)
    this.name = 'EnvironmentProblem'
    this.problem = problem
    this.advice = advice
  }
}
