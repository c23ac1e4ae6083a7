// The revisions of a StatefulSet or a DaemonSet: each template it has had is kept as a ControllerRevision.

import type { PodTemplateSpec } from '../../pod/json.ts'
import { structuredSelector } from '../../pod/label-selector.ts'
import type { StructuredSelector } from '../../pod/label-selector.ts'
import type { ControllerRevision } from '../kinds/controller-revision.ts'
import { controllerRevision } from '../kinds/controller-revision.ts'
import { isEqual } from '../store/equality.ts'
import type { Kind } from '../store/kind.ts'
import type { KubeObject } from '../store/object.ts'
import { refOf } from '../store/object.ts'
import type { Registry } from '../store/registry.ts'
import { claimed, controllerReference } from './owned-pods.ts'
import { unlessGone } from './pod-writes.ts'

const RESOURCE = 'controllerrevisions.apps'

/** What a revision keeps of its owner: the patch that brings the template back. */
export interface RevisionData {
  readonly spec: { readonly template: PodTemplateSpec & { readonly $patch: 'replace' } }
}

/** How a new revision is named and labelled. */
export interface RevisionShape {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

export function revisionData(template: PodTemplateSpec): RevisionData {
  return { spec: { template: { ...template, $patch: 'replace' } } }
}

/** The template that a revision keeps. */
export function templateOf({ data }: ControllerRevision): PodTemplateSpec {
  const { $patch: _, ...template } = (data as RevisionData).spec.template
  return template
}

/** The revisions of an owner, oldest first. */
export function revisionsOf<T extends KubeObject>(
  registry: Registry,
  kind: Kind<T>,
  owner: T,
  selector: StructuredSelector | undefined,
): readonly ControllerRevision[] {
  const found = claimed({
    registry,
    kind,
    owner,
    dependentKind: controllerRevision,
    resource: RESOURCE,
    selector: structuredSelector(selector) ?? [],
  })
  return found.toSorted((a, b) => a.revision - b.revision)
}

/**
 * The revision of the owner's present template: one that exists (made the newest again), or a new one.
 * Source: pkg/controller/history, stateful_set_control.go:getStatefulSetRevisions.
 */
export function currentRevision<T extends KubeObject>(options: {
  readonly registry: Registry
  readonly kind: Kind<T>
  readonly owner: T
  readonly revisions: readonly ControllerRevision[]
  readonly template: PodTemplateSpec
  readonly shape: () => RevisionShape
}): ControllerRevision {
  const { registry, kind, owner, revisions, template, shape } = options
  const data = revisionData(template)
  const newest = (revisions.at(-1)?.revision ?? 0) + 1
  const known = revisions.findLast((revision) => isEqual(revision.data, data))
  if (known === revisions.at(-1) && known) return known
  if (known) return registry.change(controllerRevision, refOf(known), (old) => ({ ...old, revision: newest }))
  const { name, labels, annotations } = shape()
  const { namespace } = owner.metadata
  return registry.create(controllerRevision, {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name,
      ...(namespace && { namespace }),
      labels,
      ...(annotations && { annotations }),
      ownerReferences: [controllerReference(kind, owner)],
    },
    data: data as unknown as NonNullable<ControllerRevision['data']>,
    revision: newest,
  })
}

/** Revisions beyond the limit that no Pod uses any more go, the oldest first. */
export function truncateHistory(
  registry: Registry,
  revisions: readonly ControllerRevision[],
  isUsed: (revision: ControllerRevision) => boolean,
  limit: number,
): void {
  const unused = revisions.filter((revision) => !isUsed(revision))
  for (const revision of unused.slice(0, Math.max(0, unused.length - limit))) {
    unlessGone(() => registry.delete(controllerRevision, refOf(revision)))
  }
}
