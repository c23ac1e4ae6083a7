// The volumes of one pod on its node: set up before its containers, shared by them, gone after them.

import type { V1Volume } from '@kubernetes/client-node'
import type { Json } from '../../../pod/json.ts'
import { quantityValue } from './quantity-value.ts'
import { FileSystem } from '../../../process/files.ts'
import type { Timer, Timers } from '../../../time/clock.ts'
import type { Pod } from '../../kinds/pod/pod.ts'
import { hostPath } from './host-path.ts'
import type { MountSource } from './mount-source.ts'
import { VolumeError } from './volume-error.ts'
import { writeAtomically } from './atomic-writer.ts'
import { volumeFiles, type VolumeSources } from './volume-files.ts'
import { Gate } from '../work.ts'

type Volume = Json<V1Volume>

/** First and longest wait between two tries (util/goroutinemap/exponentialbackoff). */
const RETRY_INITIAL_MS = 500
const RETRY_MAX_MS = 122_000

/** What the volumes of a pod need. */
export interface PodVolumesOptions {
  readonly pod: Pod
  readonly timers: Timers
  readonly hostFiles: FileSystem
  readonly sources: () => VolumeSources
  readonly failed: (message: string) => void
}

/** Each volume is tried until it is set up; a volume is a file system that containers mount. */
export class PodVolumes {
  readonly #options: PodVolumesOptions
  readonly #mounted = new Map<string, MountSource>()
  #retries: Set<Timer> | undefined
  readonly #ready = new Gate()
  #isStarted = false

  constructor(options: PodVolumesOptions) {
    this.#options = options
  }

  /** Open once all volumes are there. */
  get ready(): Gate {
    return this.#ready
  }

  /** The names of volumes that are not there yet. */
  get unmounted(): readonly string[] {
    return this.#all.filter(({ name }) => !this.#mounted.has(name)).map(({ name }) => name)
  }

  /** Begins to set up all volumes, the first time it is called. */
  readonly start = (): void => {
    if (this.#isStarted) return
    this.#isStarted = true
    for (const volume of this.#all) this.#try(volume, RETRY_INITIAL_MS)
    this.#settle()
  }

  /** A volume that is there. */
  get(name: string): MountSource | undefined {
    return this.#mounted.get(name)
  }

  /** Bytes in the emptyDir volumes that count as the pod's own storage, with the limit of each. */
  get emptyDirs(): readonly {
    readonly name: string
    readonly usedBytes: number
    readonly limitBytes: number | undefined
  }[] {
    return this.#all.flatMap(({ name, emptyDir }) => {
      const files = this.#mounted.get(name)?.files
      if (!emptyDir || !files || emptyDir.medium === 'Memory') return []
      return [{ name, usedBytes: files.usedBytes, limitBytes: quantityValue(emptyDir.sizeLimit) }]
    })
  }

  /** Writes the files that come from the API anew, where they have changed. */
  refresh(): void {
    for (const volume of this.#all) {
      const files = this.#mounted.get(volume.name)?.files
      if (!files || volume.emptyDir || volume.hostPath) continue
      try {
        const content = volumeFiles(volume, this.#options.sources())
        if (content) writeAtomically(files, content, this.#options.timers.now())
      } catch (error) {
        // What was there stays until its source is readable again.
        if (!(error instanceof VolumeError)) throw error
      }
    }
  }

  /** Gives everything up. */
  close(): void {
    for (const timer of this.#retries ?? []) timer.cancel()
    this.#mounted.clear()
  }

  get #all(): readonly Volume[] {
    return this.#options.pod.spec?.volumes ?? []
  }

  #try(volume: Volume, retryMs: number): void {
    const { timers, failed } = this.#options
    try {
      this.#mounted.set(volume.name, this.#setUp(volume))
      this.#settle()
    } catch (error) {
      if (!(error instanceof VolumeError)) throw error
      failed(`MountVolume.SetUp failed for volume "${volume.name}" : ${error.message}`)
      const timer = timers.at(timers.now() + retryMs, () => {
        this.#retries?.delete(timer)
        this.#try(volume, Math.min(retryMs * 2, RETRY_MAX_MS))
      })
      this.#retries ??= new Set()
      this.#retries.add(timer)
    }
  }

  #settle(): void {
    if (this.#mounted.size === this.#all.length) this.#ready.open()
  }

  #setUp(volume: Volume): MountSource {
    const { timers, hostFiles, pod } = this.#options
    const { emptyDir } = volume
    if (emptyDir) {
      const limitBytes = emptyDir.medium === 'Memory' ? quantityValue(emptyDir.sizeLimit) : undefined
      const files = new FileSystem({
        timers,
        root: ownedBy(pod, 0o777),
        ...(limitBytes === undefined ? {} : { limitBytes }),
      })
      return { files }
    }
    if (volume.hostPath) return hostPath(volume.hostPath, hostFiles)
    const content = volumeFiles(volume, this.#options.sources())
    if (!content) {
      const type = Object.keys(volume).filter((key) => key !== 'name')
      throw new VolumeError(`volume type ${type.join(', ')} is not modelled by the simulator`)
    }
    const files = new FileSystem({ timers, root: ownedBy(pod, 0o777) })
    writeAtomically(files, content, timers.now())
    return { files }
  }
}

/** Files of a volume belong to the pod's fsGroup, and new ones will too (volume/volume_linux.go:SetVolumeOwnership). */
function ownedBy(pod: Pod, mode: number): { readonly mode: number; readonly gid?: number } {
  const fsGroup = pod.spec?.securityContext?.fsGroup
  return fsGroup === undefined ? { mode } : { mode: mode | 0o2000, gid: fsGroup }
}
