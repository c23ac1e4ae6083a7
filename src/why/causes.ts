// The causes that `why` knows, sorted by name. A new one is a file in causes/ and a line here.

import type { Cause } from './cause.ts'
import { crashLoop } from './causes/crash-loop.ts'
import { ended } from './causes/ended.ts'
import { failedScheduling } from './causes/failed-scheduling.ts'
import { finalizers } from './causes/finalizers.ts'
import { hookPostStart } from './causes/hook-post-start.ts'
import { hookPostStartFailed } from './causes/hook-post-start-failed.ts'
import { hookPreStop } from './causes/hook-pre-stop.ts'
import { imagePull } from './causes/image-pull.ts'
import { initContainer } from './causes/init-container.ts'
import { initFailure } from './causes/init-failure.ts'
import { killedByProbe } from './causes/killed-by-probe.ts'
import { kubeletSilent } from './causes/kubelet-silent.ts'
import { missingConfig } from './causes/missing-config.ts'
import { missingService } from './causes/missing-service.ts'
import { nodeNotReady } from './causes/node-not-ready.ts'
import { notScheduled } from './causes/not-scheduled.ts'
import { readinessGates } from './causes/readiness-gates.ts'
import { readinessProbe } from './causes/readiness-probe.ts'
import { schedulingGates } from './causes/scheduling-gates.ts'
import { startError } from './causes/start-error.ts'
import { startupProbe } from './causes/startup-probe.ts'
import { termIgnored } from './causes/term-ignored.ts'
import { volumes } from './causes/volumes.ts'

export const CAUSES: readonly Cause[] = [
  crashLoop,
  ended,
  failedScheduling,
  finalizers,
  hookPostStart,
  hookPostStartFailed,
  hookPreStop,
  imagePull,
  initContainer,
  initFailure,
  killedByProbe,
  kubeletSilent,
  missingConfig,
  missingService,
  nodeNotReady,
  notScheduled,
  readinessGates,
  readinessProbe,
  schedulingGates,
  startError,
  startupProbe,
  termIgnored,
  volumes,
]
