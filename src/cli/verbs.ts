// The verbs of podproof, sorted by name. A new one is a file beside this one and a line here.

import { test } from './test.ts'
import type { Verb } from './verb.ts'

export const VERBS: readonly Verb[] = [test]
