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

/** How long something took, in milliseconds: on the wall, and of this process's processor time, which a busy machine does not stretch. */
export interface Took {
  readonly wallMs: number
  readonly cpuMs: number
}

export async function measured(work: () => Promise<unknown>): Promise<Took> {
  const begin = performance.now()
  const cpu = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { wallMs: performance.now() - begin, cpuMs: (user + system) / 1_000 }
}

/** The middle one of several durations: a busy machine has outliers. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

/** `1.24 s (0.98 s of processor time)` */
export function inSeconds({ wallMs, cpuMs }: Took): string {
  return `${(wallMs / 1_000).toFixed(2)} s (${(cpuMs / 1_000).toFixed(2)} s of processor time)`
}

export function inMilliseconds(ms: number): string {
  return `${ms.toFixed(0)} ms`
}
