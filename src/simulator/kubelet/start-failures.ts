// Why the last start of each container failed: the kubelet's reason cache.

import type { StartFailure } from './status/container-statuses.ts'

/** By pod and container; a start that succeeds removes its entry. Source: pkg/kubelet/reason_cache.go. */
export class StartFailures {
  readonly #byPod = new Map<string, Map<string, StartFailure>>()

  get(podUid: string, container: string): StartFailure | undefined {
    return this.#byPod.get(podUid)?.get(container)
  }

  /** Takes the result of a start: a failure, or nothing when it succeeded. */
  update(podUid: string, container: string, failure: StartFailure | undefined): void {
    const failures = this.#byPod.get(podUid)
    if (!failure) failures?.delete(container)
    else if (failures) failures.set(container, failure)
    else this.#byPod.set(podUid, new Map([[container, failure]]))
  }

  forget(podUid: string): void {
    this.#byPod.delete(podUid)
  }
}
