// Creates the objects of a distributed run, and nothing that is there already.

import type { Cluster, KubeObject } from '../../cluster/cluster.ts'
import { EnvironmentProblem } from '../../cluster/environment-problem.ts'
import type { ManifestObject } from '../../cluster/manifest.ts'
import { collectionPath } from '../../cluster/resource.ts'
import { ResourceDirectory } from '../../cluster/resource-directory.ts'
import { isSuccess, statusOf } from '../../cluster/status-error.ts'

/**
 * Creates them in their order. The first is the namespace, which `onNamespace` is told of as soon as it is there; what belongs to no
 * namespace is owned by it, so that it goes with it. Throws EnvironmentProblem for what the cluster refuses.
 */
export async function createObjects(
  cluster: Cluster,
  [namespace, ...others]: readonly ManifestObject[],
  onNamespace: (namespace: KubeObject) => void,
): Promise<void> {
  if (!namespace) return
  const resources = new ResourceDirectory(cluster)
  const made = await create(cluster, resources, namespace)
  onNamespace(made)
  for (const object of others) await create(cluster, resources, object, made)
}

async function create(
  cluster: Cluster,
  resources: ResourceDirectory,
  object: ManifestObject,
  owner?: KubeObject,
): Promise<KubeObject> {
  const { apiVersion, kind, metadata } = object
  const what = `${kind} ${metadata.name}`
  const resource = await resources.ofKind(apiVersion, kind)
  if (!resource) throw refused(what, `it serves no ${kind} of ${apiVersion}`)
  const { namespace = '' } = metadata
  const body = owner && !resource.isNamespaced ? ownedBy(object, owner) : object
  const response = await cluster.request('POST', collectionPath(resource, namespace), body, {
    query: { fieldManager: 'podproof', fieldValidation: 'Strict' },
  })
  if (!isSuccess(response)) throw refused(what, statusOf(response).message)
  return response.body as KubeObject
}

function ownedBy(object: ManifestObject, { metadata: { name, uid } }: KubeObject): ManifestObject {
  const ownerReferences = [{ apiVersion: 'v1', kind: 'Namespace', name, uid }]
  return { ...object, metadata: { ...object.metadata, ownerReferences } }
}

function refused(what: string, why: string): EnvironmentProblem {
  return new EnvironmentProblem(
    `the cluster does not take the ${what}: ${why}`,
    'somebody who may has to apply it: podproof distribute ... --output job.yaml, then kubectl apply -f job.yaml',
  )
}
