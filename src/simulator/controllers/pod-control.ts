// Making and unmaking the Pods of a workload, with the Events that tell of it.

import type { ObjectMeta, PodTemplateSpec } from '../../pod/json.ts'
import type { EventRecorder } from '../events/event-recorder.ts'
import { involvedObject } from '../events/event-recorder.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { pod as podKind } from '../kinds/pod/pod.ts'
import { ApiError } from '../store/api-error.ts'
import type { Kind } from '../store/kind.ts'
import type { KubeObject } from '../store/object.ts'
import { refOf } from '../store/object.ts'
import type { Registry } from '../store/registry.ts'
import { controllerReference } from './owned-pods.ts'

/** What becomes of the template before it is a Pod. */
export interface PodShape {
  /** Fixed names (StatefulSet, indexed Job); a generated one unless told. */
  readonly name?: string
  readonly generateName?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly finalizers?: readonly string[]
  readonly spec?: PodTemplateSpec['spec']
}

/** Source: pkg/controller/controller_utils.go:RealPodControl, GetPodFromTemplate. */
export class PodControl<T extends KubeObject> {
  readonly #registry: Registry
  readonly #kind: Kind<T>
  readonly #recorder: EventRecorder

  constructor(registry: Registry, kind: Kind<T>, recorder: EventRecorder) {
    this.#registry = registry
    this.#kind = kind
    this.#recorder = recorder
  }

  /** Creates a Pod of the owner; throws the ApiError of a server that refuses, after an Event about it. */
  create(owner: T, template: PodTemplateSpec, shape: PodShape = {}): Pod {
    try {
      const pod = this.#registry.create(podKind, podFromTemplate(this.#kind, owner, template, shape))
      this.#tell(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`)
      return pod
    } catch (error) {
      if (error instanceof ApiError && !isNamespaceGoing(error)) {
        this.#tell(owner, 'Warning', 'FailedCreate', `Error creating: ${error.message}`)
      }
      throw error
    }
  }

  /** Creates so many Pods; first one, then twice as many each time, until one is refused. Answers the refusal. */
  createMany(owner: T, template: PodTemplateSpec, count: number, shape: PodShape = {}): ApiError | undefined {
    let refusal: ApiError | undefined
    for (let batch = 1, left = count; left > 0 && !refusal; batch *= 2) {
      const size = Math.min(batch, left)
      left -= size
      for (let i = 0; i < size; i++) refusal = this.#tryToCreate(owner, template, shape) ?? refusal
    }
    return refusal
  }

  /** Deletes a Pod with its own grace; one that is gone already is none to tell of. */
  delete(owner: T, pod: Pod): void {
    const { uid = '', name } = pod.metadata
    try {
      this.#registry.delete(podKind, refOf(pod), { preconditions: { uid } })
      this.#tell(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.reason !== 'NotFound')
        this.#tell(owner, 'Warning', 'FailedDelete', `Error deleting: ${error.message}`)
    }
  }

  #tryToCreate(owner: T, template: PodTemplateSpec, shape: PodShape): ApiError | undefined {
    try {
      this.create(owner, template, shape)
      return undefined
    } catch (error) {
      if (error instanceof ApiError) return error
      throw error
    }
  }

  #tell(owner: T, type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#recorder.event(involvedObject(withType(this.#kind, owner)), type, reason, message)
  }
}

/** The Pod that a template describes, as it is sent to the API server. */
export function podFromTemplate<T extends KubeObject>(
  kind: Kind<T>,
  owner: T,
  { metadata = {}, spec }: PodTemplateSpec,
  shape: PodShape = {},
): Pod {
  const { name = '', namespace } = owner.metadata
  const labels = { ...metadata.labels, ...shape.labels }
  const annotations = { ...metadata.annotations, ...shape.annotations }
  const finalizers = [...(metadata.finalizers ?? []), ...(shape.finalizers ?? [])]
  const naming: ObjectMeta = shape.name
    ? { name: shape.name }
    : { generateName: shape.generateName ?? `${name}-` }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...naming,
      ...(namespace && { namespace }),
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ...(finalizers.length > 0 && { finalizers }),
      ownerReferences: [controllerReference(kind, owner)],
    },
    spec: (shape.spec ?? spec ?? { containers: [] }) as Pod['spec'],
  } as Pod
}

/** A namespace on its way out takes nothing new; that is no failure worth an Event. */
function isNamespaceGoing({ status }: ApiError): boolean {
  return status.details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating') ?? false
}

/** Objects of a store know their kind; Events name it. */
function withType<T extends KubeObject>({ kind, group, version }: Kind<T>, owner: T): KubeObject {
  return { ...owner, kind, apiVersion: group ? `${group}/${version}` : version }
}
