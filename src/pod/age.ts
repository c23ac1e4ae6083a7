// The AGE column: how long ago an instant is.

import { humanDuration } from '../time/duration.ts'

/** The time since `timestamp` (ISO text) at `nowMs`, as AGE shows it; '<unknown>' without a timestamp. */
export function age(timestamp: string | undefined, nowMs: number): string {
  return timestamp ? humanDuration(nowMs - Date.parse(timestamp)) : '<unknown>'
}
