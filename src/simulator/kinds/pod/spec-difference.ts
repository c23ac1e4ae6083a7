// The difference between two specs, as the API server shows it in a refusal.

import { createTwoFilesPatch } from 'diff'
import type { EphemeralContainer, PodSpec } from '../../../pod/json.ts'

/** Source: apimachinery pkg/util/diff/diff.go:Diff: a unified difference of indented JSON. */
export function specDifference(before: PodSpec, after: PodSpec): string {
  return difference(before, after)
}

/** The same of an ephemeral container. */
export function containerDifference(before: EphemeralContainer, after: EphemeralContainer): string {
  return difference(before, after)
}

function difference(before: unknown, after: unknown): string {
  const text = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`
  const patch = createTwoFilesPatch('', '', text(before), text(after), '', '', { context: 3 })
  return patch.slice(patch.indexOf('@@'))
}
