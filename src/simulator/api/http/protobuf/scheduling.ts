// Field numbers of the messages of scheduling/v1.

import type { Messages } from './messages.ts'

export const scheduling: Messages = {
  PriorityClass: `
    metadata 1 meta/v1.ObjectMeta, value 2 int, globalDefault 3 bool, description 4 string,
    preemptionPolicy 5 string?`,
}
