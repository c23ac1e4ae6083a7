// pods/binding: how the scheduler gives a Pod to a node.

import type { V1Binding } from '@kubernetes/client-node'
import type { PodStatus } from '../../../pod/json.ts'
import { refuseOtherName } from './other-name.ts'
import { conflict, plainFailure, notFoundError } from '../../store/api-error.ts'
import type { Context, Subresource, SubresourceCall } from '../../store/kind.ts'
import type { KubeObject, Stored } from '../../store/object.ts'
import { keyOf, timestamp } from '../../store/object.ts'
import { mapShared } from '../defaulting.ts'
import type { Pod } from './pod.ts'
import { copyWith } from '../../store/copy-with.ts'

type Binding = Stored<V1Binding>

const BINDINGS = { group: '', plural: 'pods/binding' }

/** Source: pkg/registry/core/pod/storage/storage.go:BindingREST. */
export const bindingDoor: Subresource<Pod> = {
  name: 'binding',
  verbs: ['create'],
  speaks: { group: '', version: 'v1', kind: 'Binding' },
  create(call) {
    const binding = call.body as Binding
    refuseOtherName(call, 'Binding')
    refuseTarget(binding)
    const pod = bound(unboundPod(call, binding), binding, call.context)
    if (!call.dryRun) call.context.store.put('pods', pod)
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } as KubeObject
  },
}

/** These are no field errors of an object, but plain ones: the server answers 500. */
function refuseTarget({ target }: Binding): void {
  const { kind = '', name = '' } = target ?? {}
  if (kind !== '' && kind !== 'Node')
    throw plainFailure(
      `target.kind: Unsupported value: ${JSON.stringify(kind)}: supported values: "Node", "<empty>"`,
    )
  if (name === '') throw plainFailure('target.name: Required value')
}

function unboundPod({ registry, kind, ref }: SubresourceCall<Pod>, binding: Binding): Pod {
  const pod = registry.find(kind, ref)
  if (!pod) throw notFoundError(kind, ref.name)
  refuseAnother(pod, binding)
  const why = whyUnbindable(pod)
  if (why) throw conflict(BINDINGS, ref.name, why)
  return pod
}

function whyUnbindable({ metadata, spec }: Pod): string | undefined {
  if (metadata.deletionTimestamp) return `pod ${metadata.name} is being deleted, cannot be assigned to a host`
  if (spec?.nodeName)
    return `pod ${metadata.name} is already assigned to node ${JSON.stringify(spec.nodeName)}`
  if (spec?.schedulingGates?.length) return `pod ${metadata.name} has non-empty .spec.schedulingGates`
  return undefined
}

/** A binding may say which Pod it means; the answer shows the storage's own words (golden/api/pod-updates). */
function refuseAnother({ metadata }: Pod, binding: Binding): void {
  const wanted = binding.metadata
  const differs = (name: string, asked: string | undefined, actual: string | undefined) =>
    asked && asked !== actual
      ? `${name} in precondition: ${asked}, ${name} in object meta: ${actual}`
      : undefined
  const difference =
    differs('UID', wanted.uid, metadata.uid) ??
    differs('ResourceVersion', wanted.resourceVersion, metadata.resourceVersion)
  if (!difference) return
  const key = `/registry/pods/${keyOf({ namespace: metadata.namespace, name: metadata.name ?? '' })}`
  const detail = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: ${difference}`
  throw conflict({ group: '', plural: 'pods' }, metadata.name ?? '', detail)
}

function bound(pod: Pod, { metadata, target }: Binding, { atMs }: Context): Pod {
  const { annotations, labels } = metadata
  return copyWith(pod, {
    metadata: copyWith(pod.metadata, {
      ...(labels && { labels: { ...pod.metadata.labels, ...labels } }),
      ...(annotations && { annotations: { ...pod.metadata.annotations, ...annotations } }),
    }),
    spec: copyWith(pod.spec ?? { containers: [] }, { nodeName: target.name ?? '' }),
    status: scheduled(pod.status ?? {}, atMs),
  })
}

function scheduled(status: PodStatus, atMs: number): PodStatus {
  const isTrue = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null as unknown as string,
    lastTransitionTime: timestamp(atMs),
  }
  const conditions = status.conditions ?? []
  const index = conditions.findIndex(({ type }) => type === 'PodScheduled')
  if (index < 0) return copyWith(status, { conditions: [...conditions, isTrue] })
  return copyWith(status, { conditions: mapShared(conditions, (old, at) => (at === index ? isTrue : old)) })
}
