// Which kinds a cluster serves, asked of its discovery documents and remembered.

import type { Cluster } from './cluster.ts'
import { closest } from './closest.ts'
import { apiVersionOf, groupVersionPath } from './resource.ts'
import type { Resource } from './resource.ts'

/** An entry of an APIResourceList. */
interface DiscoveredResource {
  readonly name: string
  readonly singularName?: string
  readonly kind: string
  readonly namespaced: boolean
  readonly shortNames?: readonly string[]
}

/** Finds kinds by what manifests (`apiVersion`, `kind`) and people (`po`, `pod`, `pods`) call them. */
export class ResourceDirectory {
  readonly #cluster: Cluster
  #lists = new Map<string, Promise<readonly DiscoveredResource[] | undefined>>()
  #groupVersions: Promise<readonly string[]> | undefined

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** The resource of a manifest's `apiVersion` and `kind`; undefined if the cluster does not serve it. */
  async ofKind(apiVersion: string, kind: string): Promise<Resource | undefined> {
    const found = (await this.#list(apiVersion))?.find(
      (resource) => resource.kind === kind && isWhole(resource),
    )
    return found && resourceOf(apiVersion, found)
  }

  /**
   * The resource that goes by `name`: plural, singular, kind or short name, in any case. The core group is asked first,
   * then the others in the order of the server. Throws an Error that suggests the closest name.
   */
  async named(name: string): Promise<Resource> {
    const wanted = name.toLowerCase()
    const known: string[] = []
    for await (const apiVersion of this.#apiVersions()) {
      const list = ((await this.#list(apiVersion)) ?? []).filter(isWhole)
      const found = list.find((resource) => namesOf(resource).includes(wanted))
      if (found) return resourceOf(apiVersion, found)
      known.push(...list.flatMap(namesOf))
    }
    const suggestion = closest(wanted, known)
    const hint = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`
    throw new Error(`the cluster has no resource type "${name}"${hint}`)
  }

  async *#apiVersions(): AsyncGenerator<string> {
    yield 'v1'
    this.#groupVersions ??= this.#preferredVersions()
    yield* await this.#groupVersions
  }

  async #preferredVersions(): Promise<readonly string[]> {
    const { status, body } = await this.#cluster.request('GET', '/apis')
    if (status !== 200) return []
    const { groups } = body as {
      readonly groups: readonly { readonly preferredVersion: { readonly groupVersion: string } }[]
    }
    return groups.map((group) => group.preferredVersion.groupVersion)
  }

  #list(apiVersion: string): Promise<readonly DiscoveredResource[] | undefined> {
    const known = this.#lists.get(apiVersion)
    if (known) return known
    const asked = this.#discover(apiVersion)
    this.#lists.set(apiVersion, asked)
    return asked
  }

  async #discover(apiVersion: string): Promise<readonly DiscoveredResource[] | undefined> {
    const { status, body } = await this.#cluster.request('GET', groupVersionPath(apiVersion))
    return status === 200
      ? (body as { readonly resources: readonly DiscoveredResource[] }).resources
      : undefined
  }
}

/** Subresources (`pods/log`) are listed beside resources. */
function isWhole({ name }: DiscoveredResource): boolean {
  return !name.includes('/')
}

function namesOf(resource: DiscoveredResource): string[] {
  const { name, singularName, kind, shortNames = [] } = resource
  return [name, singularName || kind, kind, ...shortNames].map((text) => text.toLowerCase())
}

function resourceOf(apiVersion: string, { name, kind, namespaced }: DiscoveredResource): Resource {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/', 2) : ['', apiVersion]
  const resource = {
    group: group ?? '',
    version: version ?? apiVersion,
    plural: name,
    kind,
    isNamespaced: namespaced,
  }
  if (apiVersionOf(resource) !== apiVersion) throw new Error(`"${apiVersion}" is no apiVersion`)
  return resource
}
