// Brings manifests into a whole cluster, as `kubectl apply --server-side` does.

import { readFileSync } from 'node:fs'
import type { Cluster } from '../cluster/cluster.ts'
import { readManifest } from '../cluster/manifest.ts'
import { collectionPath, objectPath } from '../cluster/resource.ts'
import { ResourceDirectory } from '../cluster/resource-directory.ts'
import { bodyOf } from '../cluster/status-error.ts'

const QUERY = { fieldManager: 'podproof', fieldValidation: 'Strict', force: 'true' }

/** Applies every object of the files, in order. Throws ManifestError, StatusError, or an Error for an unknown kind. */
export async function applyManifests(cluster: Cluster, files: readonly string[]): Promise<void> {
  const resources = new ResourceDirectory(cluster)
  for (const file of files) {
    for (const { object, place } of readManifest(readFileSync(file, 'utf8'), file)) {
      const resource = await resources.ofKind(object.apiVersion, object.kind)
      if (!resource) throw new Error(`${place}: the cluster serves no ${object.kind} of ${object.apiVersion}`)
      const { name, namespace = 'default' } = object.metadata
      const response =
        name === undefined
          ? await cluster.request('POST', collectionPath(resource, namespace), object, { query: QUERY })
          : await cluster.request('PATCH', objectPath(resource, namespace, name), object, {
              query: QUERY,
              contentType: 'application/apply-patch+yaml',
            })
      bodyOf(response, place)
    }
  }
}
