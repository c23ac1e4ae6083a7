// The verbs of podproof, sorted by name. A new one is a file beside this one and a line here.

import { compare } from './compare.ts'
import { distribute } from './distribute.ts'
import { init } from './init.ts'
import { merge } from './merge.ts'
import { record } from './record.ts'
import { server } from './server.ts'
import { simulate } from './simulate.ts'
import { sweep } from './sweep.ts'
import { test } from './test.ts'
import type { Verb } from './verb.ts'
import { verify } from './verify.ts'

export const VERBS: readonly Verb[] = [
  compare,
  distribute,
  init,
  merge,
  record,
  server,
  simulate,
  sweep,
  test,
  verify,
]
