// What a measure is, and how it reads the wall.

/** One line of the result. */
export interface Figure {
  readonly label: string
  readonly value: string
}

export interface Measure {
  readonly name: string
  run(): Promise<readonly Figure[]>
}

/** Runs `work` and answers how long it took on the wall, in milliseconds. */
export async function wallMs(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}

/** The middle one of several durations: a busy machine has outliers. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

export function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`
}

export function inMilliseconds(ms: number): string {
  return `${ms.toFixed(0)} ms`
}
