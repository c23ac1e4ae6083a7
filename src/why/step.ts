// What a Pod is doing, or waiting for, at one instant: the vocabulary of critical paths.

/** The steps of a Pod's life, in the order in which a life goes through them. */
export const STEPS = {
  request: 'API server',
  schedulingGates: 'scheduling gates',
  scheduling: 'scheduling',
  kubelet: 'kubelet notice',
  volumes: 'volumes',
  sandbox: 'volumes and sandbox',
  imagePull: 'image pull',
  imageBackOff: 'image back-off',
  configError: 'missing configuration',
  kubeletSync: 'relist and sync',
  containerStart: 'container start',
  initContainer: 'init container',
  postStart: 'postStart',
  statusReport: 'status report',
  restartBackOff: 'restart and back-off',
  startupProbe: 'startup probe',
  readinessProbe: 'readiness probe',
  readinessGates: 'readiness gates',
  running: 'running',
  preStop: 'preStop',
  TERM: 'TERM to exit',
  gracePeriod: 'TERM ignored until KILL',
  teardown: 'teardown',
  finalizers: 'finalizers',
  ended: 'ended',
} as const

/** The name of a step, as `because('preStop')` takes it. */
export type StepName = keyof typeof STEPS

/** One step, and the container that takes it where it is a container's. */
export interface Step {
  readonly name: StepName
  readonly container?: string
}

export function isSameStep(a: Step, b: Step): boolean {
  return a.name === b.name && a.container === b.container
}

/** The step in words: 'preStop (nginx)', 'scheduling'. */
export function stepLabel({ name, container }: Step): string {
  return container === undefined ? STEPS[name] : `${STEPS[name]} (${container})`
}
