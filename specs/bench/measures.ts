// The measures, sorted by name.

import { kubectl } from './kubectl.ts'
import { lifecycles } from './lifecycles.ts'
import { longRuns } from './long-runs.ts'
import type { Measure } from './measure.ts'
import { page } from './page.ts'
import { pods } from './pods.ts'
import { shell } from './shell.ts'
import { startUp } from './start-up.ts'

export const MEASURES: readonly Measure[] = [kubectl, lifecycles, longRuns, page, pods, shell, startUp]
