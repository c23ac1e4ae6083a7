// All groups, versions and resources in one document (apidiscovery.k8s.io/v2 APIGroupDiscoveryList).

import type { Served } from '../route.ts'
import type { Resource } from './resources.ts'
import { resourcesOf } from './resources.ts'

/** One item a group; its versions in the order in which they are preferred. */
export function aggregated(served: readonly Served[]): object {
  const groups = [...new Set(served.map(({ group }) => group))]
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map((group) => ({
      metadata: group ? { name: group } : {},
      versions: served.filter((place) => place.group === group).map(versionOf),
    })),
  }
}

function versionOf(place: Served): object {
  const resources = resourcesOf(place)
  const mains = resources.filter(({ name }) => !name.includes('/'))
  return {
    version: place.version,
    resources: mains.map((main) => {
      const doors = resources.filter(({ name }) => name.startsWith(`${main.name}/`))
      return {
        ...resourceOf(main, place),
        ...(doors.length && { subresources: doors.map((door) => doorOf(door, place)) }),
      }
    }),
    freshness: 'Current',
  }
}

function resourceOf(resource: Resource, place: Served): object {
  const { name, namespaced, singularName, verbs, shortNames, categories } = resource
  return {
    resource: name,
    responseKind: responseKind(resource, place),
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singularName,
    verbs,
    ...(shortNames && { shortNames }),
    ...(categories && { categories }),
  }
}

function doorOf(door: Resource, place: Served): object {
  return {
    subresource: door.name.slice(door.name.indexOf('/') + 1),
    responseKind: responseKind(door, place),
    verbs: door.verbs,
  }
}

function responseKind({ group, version, kind }: Resource, place: Served): object {
  return { group: group ?? place.group, version: version ?? place.version, kind }
}
