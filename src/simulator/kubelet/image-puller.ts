// Makes sure that the image of a container is on the node: policies, pulls one after the other, back-off.

import type { Timers } from '../../time/clock.ts'
import { formatDuration } from '../../time/duration.ts'
import type { Random } from '../../time/random.ts'
import type { Container } from '../../pod/json.ts'
import { type ImageRegistry, PullError } from '../images/image-registry.ts'
import { type ImageReference, parseReference, ReferenceError } from '../images/reference.ts'
import { draw, type Timing } from '../timing.ts'
import { BackOff } from './back-off.ts'
import type { ImageStore, StoredImage } from './image-store.ts'
import type { StartFailure } from './status/container-statuses.ts'
import { after, Gate, type Work } from './work.ts'

/** Tells something about the container's image. */
export type TellImage = (type: 'Normal' | 'Warning', reason: string, message: string) => void

/** The image, or why the container has to wait. */
export type ImageResult = { readonly stored: StoredImage } | { readonly failure: StartFailure }

/** A pull at a speed that a data centre has; nothing in the recordings measures it. */
const PULL_BYTES_PER_MS = 40_000

/** Source: pkg/kubelet/images/image_manager.go. */
export class ImagePuller {
  readonly #timers: Timers
  readonly #random: Random
  readonly #timing: Timing
  readonly #store: ImageStore
  readonly #registry: ImageRegistry
  readonly #backOff: BackOff
  readonly #lastErrors = new Map<string, string>()
  /** The pull that is under way: pulls are serialized (kubelet config: serializeImagePulls). */
  #pulling: Gate | undefined

  constructor(options: {
    readonly timers: Timers
    readonly random: Random
    readonly timing: Timing
    readonly store: ImageStore
    readonly registry: ImageRegistry
  }) {
    const { backOffInitialMs: initialMs, backOffMaxMs: maxMs } = options.timing
    this.#timers = options.timers
    this.#random = options.random.fork('images')
    this.#timing = options.timing
    this.#store = options.store
    this.#registry = options.registry
    this.#backOff = new BackOff({ initialMs, maxMs, resetAfterMs: 2 * maxMs })
  }

  /** Source: image_manager.go:EnsureImageExists. */
  *ensure(podUid: string, container: Container, tell: TellImage): Work<ImageResult> {
    const image = container.image ?? ''
    yield after(this.#timers, draw(this.#timing.imageCheckMs, this.#random))
    const reference = parsed(image)
    if (reference instanceof ReferenceError) {
      const message = `Failed to apply default image tag ${JSON.stringify(image)}: couldn't parse image name ${JSON.stringify(image)}: ${reference.message}`
      tell('Warning', 'InspectFailed', message)
      return { failure: { reason: 'InvalidImageName', message } }
    }
    const present = this.#store.find(reference)
    const policy = container.imagePullPolicy ?? 'IfNotPresent'
    if (present && policy !== 'Always') {
      tell(
        'Normal',
        'Pulled',
        `Container image "${image}" already present on machine and can be accessed by the pod`,
      )
      return { stored: present }
    }
    if (policy === 'Never') {
      const message = `Container image "${image}" is not present with pull policy of Never`
      tell('Warning', 'ErrImageNeverPull', message)
      return { failure: { reason: 'ErrImageNeverPull', message } }
    }
    return yield* this.#pull(`${podUid}_${image}`, image, reference, tell)
  }

  *#pull(key: string, image: string, reference: ImageReference, tell: TellImage): Work<ImageResult> {
    const lastFailureMs = this.#backOff.updatedAtMs(key)
    const waitsUntilMs = lastFailureMs === undefined ? undefined : this.#backOff.endsAt(key, lastFailureMs)
    if (waitsUntilMs !== undefined && this.#timers.now() < waitsUntilMs) {
      const message = `Back-off pulling image "${image}"`
      tell('Normal', 'BackOff', message)
      const cause = this.#lastErrors.get(key)
      const full = cause === undefined ? message : `${message}: ErrImagePull: ${cause}`
      return { failure: { reason: 'ImagePullBackOff', message: full } }
    }
    tell('Normal', 'Pulling', `Pulling image "${image}"`)
    const askedMs = this.#timers.now()
    while (this.#pulling) yield this.#pulling.opened
    const gate = (this.#pulling = new Gate())
    const beganMs = this.#timers.now()
    const result = yield* this.#transfer(reference)
    this.#pulling = undefined
    gate.open()
    if (result instanceof PullError) {
      tell('Warning', 'Failed', `Failed to pull image "${image}": ${result.message}`)
      const nowMs = this.#timers.now()
      this.#backOff.next(key, nowMs, nowMs)
      this.#lastErrors.set(key, result.message)
      return { failure: { reason: 'ErrImagePull', message: result.message } }
    }
    const [tookMs, waitedMs] = [this.#timers.now() - beganMs, this.#timers.now() - askedMs]
    const times = `${formatDuration(tookMs)} (${formatDuration(waitedMs)} including waiting)`
    tell(
      'Normal',
      'Pulled',
      `Successfully pulled image "${image}" in ${times}. Image size: ${result.image.sizeBytes} bytes.`,
    )
    return { stored: result }
  }

  /** Asks the registry; layers that are not on the node travel. */
  *#transfer(reference: ImageReference): Work<StoredImage | PullError> {
    try {
      const image = this.#registry.pull(reference)
      const isPresent = this.#store.holds(image)
      yield after(this.#timers, draw(this.#timing.imagePullPresentMs, this.#random))
      if (!isPresent) yield after(this.#timers, Math.ceil(image.sizeBytes / PULL_BYTES_PER_MS))
      this.#store.add(reference.canonical, image)
      return this.#store.find(reference) ?? { image, names: [reference.canonical] }
    } catch (error) {
      if (!(error instanceof PullError)) throw error
      yield after(this.#timers, draw(this.#timing.imagePullFailMs, this.#random))
      return error
    }
  }

  forget(podUid: string): void {
    this.#backOff.forget(`${podUid}_`)
    for (const key of this.#lastErrors.keys()) if (key.startsWith(`${podUid}_`)) this.#lastErrors.delete(key)
  }
}

function parsed(image: string): ImageReference | ReferenceError {
  try {
    return parseReference(image)
  } catch (error) {
    if (error instanceof ReferenceError) return error
    throw error
  }
}
