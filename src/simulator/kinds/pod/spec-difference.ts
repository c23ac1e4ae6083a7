// The differences between specs that refusals show.

import type { EphemeralContainer, PodSpec } from '../../../pod/json.ts'
import { goDifference } from '../go/difference.ts'
import { goPodSpec, goValue } from '../go/value.ts'

/** Between two specs of a Pod. */
export function specDifference(before: PodSpec, after: PodSpec): string {
  return goDifference(goPodSpec(before), goPodSpec(after))
}

/** Between two states of an ephemeral container. */
export function containerDifference(before: EphemeralContainer, after: EphemeralContainer): string {
  return goDifference(goValue('EphemeralContainer', before), goValue('EphemeralContainer', after))
}
