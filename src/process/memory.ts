// The memory that processes share under one limit, as a cgroup accounts for it.

/** Memory of one container: what its processes hold, and what happens when that is too much. */
export class MemoryGroup {
  readonly limitBytes: number
  /** Called when more is used than allowed: the kernel kills the whole group (memory.oom.group, as kubelets set it). */
  onExceeded: (() => void) | undefined
  #usedBytes = 0
  #hasExceeded = false

  /** `limitBytes`: left out, what a node has. */
  constructor(limitBytes: number = NODE_BYTES) {
    this.limitBytes = limitBytes
  }

  get usedBytes(): number {
    return this.#usedBytes
  }

  /** Whether the limit was ever reached. */
  get hasExceeded(): boolean {
    return this.#hasExceeded
  }

  /** Takes (or, negative, gives back) memory. */
  allocate(bytes: number): void {
    this.#usedBytes += bytes
    if (bytes > 0 && this.#usedBytes > this.limitBytes) this.exceed()
  }

  /** There is no more memory: the group is killed. */
  exceed(): void {
    this.#hasExceeded = true
    this.onExceeded?.()
  }
}

const NODE_BYTES = 16 * 1024 ** 3
