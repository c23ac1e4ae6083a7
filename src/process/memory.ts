// The memory that processes share under one limit, as a cgroup accounts for it.

/** Memory of one container: what its processes hold, and what happens when that is too much. */
export class MemoryGroup {
  readonly limitBytes: number
  /** Called when more is used than allowed: the kernel kills the whole group (memory.oom.group, as kubelets set it). */
  onExceeded: (() => void) | undefined
  #usedBytes = 0
  #hasExceeded = false

  /** `limitBytes`: left out, the largest that one process is allowed here. */
  constructor(limitBytes: number = LARGEST_BYTES) {
    this.limitBytes = Math.min(limitBytes, LARGEST_BYTES)
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
    if (bytes <= 0 || this.#usedBytes <= this.limitBytes) return
    this.#hasExceeded = true
    this.onExceeded?.()
  }
}

/** JavaScript strings end below 512 MiB; a node without a limit ends where one of them would double once more. */
const LARGEST_BYTES = 256 * 1024 * 1024
