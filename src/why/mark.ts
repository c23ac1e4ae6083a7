// An instant in the life of a Pod, with where it is known from and how exactly.

/**
 * Where a number comes from. `node`: seen on the node itself, which only a simulator lets us do. `spec`: computed from what the Pod
 * declares (a sleep of its hook, its grace period).
 */
export type Source = 'watch' | 'event' | 'kubelet timestamp' | 'node' | 'spec'

/** An instant: the likeliest, and the bounds that the evidence allows. All three are equal where it is exact. */
export interface Mark {
  readonly atMs: number
  readonly earliestMs: number
  readonly latestMs: number
  readonly source: Source
}

/** Timestamps of the kubelet are cut to the second: what happened lies up to so much after them. */
export const TIMESTAMP_MS = 1_000

/** An instant that is known to the millisecond. */
export function exactly(atMs: number, source: Source): Mark {
  return { atMs, earliestMs: atMs, latestMs: atMs, source }
}

/** An instant of which only the bounds are known: the middle is taken for the likeliest. */
export function between(earliestMs: number, latestMs: number, source: Source): Mark {
  const lastMs = Math.max(earliestMs, latestMs)
  return { atMs: Math.floor((earliestMs + lastMs) / 2), earliestMs, latestMs: lastMs, source }
}

/** The same mark with what is known of its neighbours: bounds may only become narrower. */
export function narrowed<M extends Mark>(mark: M, earliestMs: number, latestMs: number): M {
  const upperMs = Math.min(mark.latestMs, latestMs)
  const lowerMs = Math.min(Math.max(mark.earliestMs, earliestMs), upperMs)
  return { ...mark, ...between(lowerMs, upperMs, mark.source) }
}

/** The same mark as seen from inside an interval: nothing of it lies outside. */
export function within<M extends Mark>(mark: M, fromMs: number, toMs: number): M {
  const clamp = (ms: number) => Math.min(Math.max(ms, fromMs), toMs)
  return {
    ...mark,
    atMs: clamp(mark.atMs),
    earliestMs: clamp(mark.earliestMs),
    latestMs: clamp(mark.latestMs),
  }
}
