// How recorders name their Events, and write the instants in them.

import type { Random } from '../../time/random.ts'

/** `web.18ea50ee63d50d2b`: the object's name and the instant in nanoseconds (client-go/tools/record/util). The nanoseconds of a millisecond are drawn. */
export function eventName(objectName: string, atMs: number, random: Random): string {
  const nanoseconds = BigInt(atMs) * 1_000_000n + BigInt(random.between(0, 999_999))
  return `${objectName}.${nanoseconds.toString(16)}`
}

/** An instant as metav1.MicroTime writes it; the microseconds of a millisecond are zero. */
export function microTimestamp(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 23)}000Z`
}
