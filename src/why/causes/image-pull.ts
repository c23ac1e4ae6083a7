// The image of a container cannot be had.

import type { Cause } from '../cause.ts'
import { eventsSoFar } from '../moment.ts'
import { oneLine, times } from '../wording.ts'

export const imagePull: Cause = {
  name: 'image-pull',
  steps: ['imageBackOff', 'imagePull'],
  find(moment, { container = '' }) {
    const events = eventsSoFar(moment, container)
    const failure = events.findLast(({ message }) => CAUSES_OF_FAILURE.test(message))
    if (!failure) return undefined
    const tries = events.filter(({ reason }) => reason === 'Pulling').length
    const tried = tries > 0 ? ` (tried ${times(tries)})` : ''
    return {
      because: `the image of ${container} cannot be had${tried}: ${oneLine(failure.message)}`,
      next: advice(failure.message),
    }
  },
}

/** The events that say what is wrong, not merely that something is. Source: kubernetes/06 6.3. */
const CAUSES_OF_FAILURE =
  /^Failed to pull image|is not present with pull policy of Never|^Failed to (apply default image tag|inspect image)/

function advice(message: string): string {
  if (/pull policy of Never/.test(message)) return 'bring the image to the node, or change imagePullPolicy'
  if (/invalid reference format|default image tag/.test(message)) return 'correct the name of the image'
  if (/not found/.test(message)) return 'correct the tag, or push it'
  if (/pull access denied|authorization failed|unauthorized/.test(message)) {
    return 'correct the name of the image, or give the Pod imagePullSecrets'
  }
  return 'check the name of the image and the way to its registry'
}
