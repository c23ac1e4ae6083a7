// Who makes a request, and what that lets them do: one administrator, and everybody else.

import { ApiError } from '../../store/api-error.ts'

/** A user as the API server names them. */
export interface User {
  readonly name: string
  readonly groups: readonly string[]
}

/** The user of the kubeconfig that the server writes. */
export const admin: User = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] }

/** Whoever brings no credentials. */
export const anonymous: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] }

/** What every API server shows to everybody (ClusterRole system:public-info-viewer). */
const OPEN_PATHS = new Set(['/healthz', '/livez', '/readyz', '/version', '/version/'])

/**
 * The refusal of a request, in the words of RBAC; undefined when it is allowed. There are no roles here: members of
 * system:masters may do everything, others may see what is open to all. Forbidden comes before not found, as on a real
 * server (golden exchanges `anonymous-*`, `forbidden-*`, `impersonate-admin-as-bob`).
 */
export function refusal(user: User, method: string, path: string): ApiError | undefined {
  const url = new URL(path, 'http://localhost')
  if (user.groups.includes('system:masters') || OPEN_PATHS.has(url.pathname)) return undefined
  const attributes = resourceAttributes(method, url)
  if (!attributes) {
    const verb = method.toLowerCase()
    const message = `forbidden: User ${quoted(user)} cannot ${verb} path ${JSON.stringify(url.pathname)}`
    return new ApiError(403, 'Forbidden', message, {})
  }
  const { verb, group, resource, subresource, namespace, name } = attributes
  const full = group ? `${resource}.${group}` : resource
  const asked = subresource ? `${resource}/${subresource}` : resource
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`
  const message =
    `${name ? `${full} "${name}"` : full} is forbidden: ` +
    `User ${quoted(user)} cannot ${verb} resource "${asked}" in API group "${group}" ${where}`
  return new ApiError(403, 'Forbidden', message, {
    ...(name && { name }),
    ...(group && { group }),
    kind: resource,
  })
}

interface Attributes {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly subresource: string | undefined
  readonly namespace: string | undefined
  readonly name: string | undefined
}

/** What a path asks for (apiserver/pkg/endpoints/request/requestinfo.go); undefined for paths outside of the API's. */
function resourceAttributes(method: string, { pathname, searchParams }: URL): Attributes | undefined {
  const [root, ...parts] = pathname.split('/').filter((part) => part !== '')
  const group = root === 'apis' ? parts.shift() : ''
  parts.shift() // the version
  if ((root !== 'api' && root !== 'apis') || group === undefined || parts.length === 0) return undefined
  const isInNamespace =
    parts[0] === 'namespaces' && parts.length > 2 && !NAMESPACE_SUBRESOURCES.has(parts[2] ?? '')
  // A Namespace is in itself: `namespaces "x" is forbidden: ... in the namespace "x"`.
  const namespace = parts[0] === 'namespaces' ? parts[1] : undefined
  const [resource = '', name, subresource] = isInNamespace ? parts.slice(2) : parts
  const selected = /^metadata\.name=([^,]+)$/.exec(searchParams.get('fieldSelector') ?? '')?.[1]
  const verb = verbOf(method, name === undefined, searchParams)
  return { verb, group, resource, subresource, namespace, name: name ?? selected }
}

const NAMESPACE_SUBRESOURCES = new Set(['finalize', 'status'])

function verbOf(method: string, isCollection: boolean, query: URLSearchParams): string {
  if (method === 'POST') return 'create'
  if (method === 'PUT') return 'update'
  if (method === 'PATCH') return 'patch'
  if (method === 'DELETE') return isCollection ? 'deletecollection' : 'delete'
  const isWatch = query.has('watch') && !['0', 'false'].includes(query.get('watch') ?? '')
  if (isWatch) return 'watch'
  return isCollection ? 'list' : 'get'
}

function quoted({ name }: User): string {
  return JSON.stringify(name)
}
