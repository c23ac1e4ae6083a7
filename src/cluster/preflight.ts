// Looks before a run whether a cluster is fit for it: who we are there, what we may do, how old it is, and whether it is meant.

import type { Cluster } from './cluster.ts'
import { EnvironmentProblem } from './environment-problem.ts'
import { NEEDS, clusterRole } from './needs.ts'
import type { Need } from './needs.ts'
import { isSuccess, statusOf } from './status-error.ts'

export interface PreflightOptions {
  /** The name of the context, as in `kubeconfig:NAME`. */
  readonly context: string
  readonly server: string
  /** Contexts that may be used although they look like production. */
  readonly allowedContexts?: readonly string[]
}

/** exec speaks v5.channel.k8s.io over WebSockets, which servers do by themselves since 1.30 (KEP-4006). */
const OLDEST_MINOR = 30
/** A cluster with more nodes than this is somebody's business. */
const MOST_NODES = 20
/** Words by which people mark what must not be played with. */
const PRODUCTION = /(?<![a-z])(?:prod|production|prd|live|critical)(?![a-z])/i

/** Throws EnvironmentProblem at the first thing that is not as it has to be. Changes nothing on the cluster. */
export async function preflight(cluster: Cluster, options: PreflightOptions): Promise<void> {
  refuseProduction(options)
  await checkVersion(cluster, options)
  await checkRights(cluster, options)
  await refuseLargeCluster(cluster, options)
}

function refuseProduction({ context, server, allowedContexts = [] }: PreflightOptions): void {
  if (allowedContexts.includes(context)) return
  const found = PRODUCTION.exec(context) ?? PRODUCTION.exec(server)
  if (!found) return
  throw new EnvironmentProblem(
    `the context "${context}" (${server}) looks like production: it says "${found[0]}"`,
    `choose another: podproof test --cluster kubeconfig:NAME\nor say that you mean it: podproof test --cluster kubeconfig:${context} --allow-context ${context}`,
  )
}

async function checkVersion(cluster: Cluster, { server }: PreflightOptions): Promise<void> {
  const response = await cluster.request('GET', '/version')
  refuseCredentials(response.status, server)
  const { gitVersion } = (response.body ?? {}) as { readonly gitVersion?: unknown }
  const minor = typeof gitVersion === 'string' ? /^v?1\.(\d+)/.exec(gitVersion)?.[1] : undefined
  if (!isSuccess(response) || minor === undefined)
    throw new EnvironmentProblem(
      `${server} is no Kubernetes API server: it answers /version with ${response.status} and no version`,
      'check the server of the cluster: kubectl config view',
    )
  if (Number(minor) < OLDEST_MINOR)
    throw new EnvironmentProblem(
      `the cluster runs ${String(gitVersion)}, which is too old: podproof needs v1.${OLDEST_MINOR} or newer`,
      'upgrade the cluster, or choose another: kubectl config get-contexts\nor use one that needs none: podproof test --cluster simulator',
    )
}

function refuseCredentials(status: number, server: string): void {
  if (status !== 401) return
  throw new EnvironmentProblem(
    `${server} does not know these credentials (401): they have expired, or are for another cluster`,
    'log in anew, or get a new kubeconfig: kubectl auth whoami',
  )
}

interface Review {
  readonly status?: { readonly allowed?: boolean; readonly reason?: string }
}

async function checkRights(cluster: Cluster, { server }: PreflightOptions): Promise<void> {
  const missing: Need[] = []
  for (const wanted of NEEDS) {
    const response = await cluster.request(
      'POST',
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      reviewOf(wanted),
    )
    refuseCredentials(response.status, server)
    if (!isSuccess(response))
      throw new EnvironmentProblem(
        `the cluster does not say what we may do: ${statusOf(response).message}`,
        'kubectl auth can-i --list',
      )
    if ((response.body as Review).status?.allowed !== true) missing.push(wanted)
  }
  const [first] = missing
  if (!first) return
  const list = missing.map(({ verb, resource, why }) => `${verb} ${resource} (${why})`).join(', ')
  throw new EnvironmentProblem(
    `these credentials lack ${missing.length === 1 ? 'a right' : 'rights'} that podproof needs: ${list}`,
    `kubectl auth can-i ${first.verb} ${first.resource} --all-namespaces\nsomebody who may has to bind this ClusterRole to you:\n${clusterRole(missing)}`,
  )
}

/** Source: kubernetes.io, SelfSubjectAccessReview; a subresource is a field of its own there. */
function reviewOf({ verb, group, resource: whole }: Need) {
  const [resource, subresource] = whole.split('/')
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { verb, group, resource, ...(subresource && { subresource }) } },
  }
}

async function refuseLargeCluster(
  cluster: Cluster,
  { context, allowedContexts = [] }: PreflightOptions,
): Promise<void> {
  if (allowedContexts.includes(context)) return
  const response = await cluster.request('GET', '/api/v1/nodes', undefined, {
    query: { limit: String(MOST_NODES + 1) },
  })
  if (!isSuccess(response)) return
  const { items } = response.body as { readonly items: readonly unknown[] }
  if (items.length <= MOST_NODES) return
  throw new EnvironmentProblem(
    `the context "${context}" leads to a cluster of more than ${MOST_NODES} nodes, which others may depend on`,
    `say that you mean it: podproof test --cluster kubeconfig:${context} --allow-context ${context}`,
  )
}
