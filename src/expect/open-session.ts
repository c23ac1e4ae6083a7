// Prepares a test: a namespace of its own, in which the default service account is there before the first Pod.

import type { Cluster, KubeObject } from '../cluster/cluster.ts'
import { OWN_LABEL } from '../cluster/own-label.ts'
import { bodyOf, isSuccess, statusOf, StatusError } from '../cluster/status-error.ts'
import { Latch } from '../time/latch.ts'
import { Random } from '../time/random.ts'
import { Session } from './session.ts'

export interface SessionOptions {
  readonly cluster: Cluster
  /** The titles of the test and its suites; with `file` it names the namespace. */
  readonly title: string
  readonly file?: string
  /** How long a claim waits unless it says otherwise, in cluster milliseconds; a minute unless told. */
  readonly timeoutMs?: number
}

const DEFAULT_TIMEOUT_MS = 60_000
/** A cluster whose service account controller takes longer than this is broken. */
const SERVICE_ACCOUNT_TIMEOUT_MS = 30_000

/** Opens a session; close it with `closeSession`, whatever becomes of the test. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { cluster, title, timeoutMs = DEFAULT_TIMEOUT_MS } = options
  const namespace = await createNamespace(options)
  try {
    await serviceAccountIn(cluster, namespace)
    return new Session(cluster, { title, cluster: await clusterFacts(cluster), namespace, timeoutMs })
  } catch (error) {
    // What is wrong is told by the error; what this attempt has made goes, if it can.
    await held(cluster, () => cluster.request('DELETE', `/api/v1/namespaces/${namespace}`)).catch(() => {})
    throw error
  }
}

/** Chance differs between two runs on a real cluster, since its clock does; on a simulator it is the same. */
async function createNamespace({ cluster, title, file = '' }: SessionOptions): Promise<string> {
  const random = new Random(`${file}/${title}/${cluster.clock.now()}`)
  for (let attempt = 0; ; attempt++) {
    const name = `${namespacePrefix(title)}-${random.text(5, 'bcdfghjklmnpqrstvwxz2456789')}`
    const metadata = { name, labels: { [OWN_LABEL]: 'true' }, annotations: { 'podproof.dev/title': title } }
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata }
    const response = await held(cluster, () => cluster.request('POST', '/api/v1/namespaces', body))
    if (isSuccess(response)) return name
    const isTaken = response.status === 409
    if (!isTaken || attempt === MOST_ATTEMPTS)
      throw new StatusError(`creating namespace ${name}`, statusOf(response))
  }
}

const MOST_ATTEMPTS = 5

/** A title as the beginning of a namespace's name: `a Pod waits` becomes `a-pod-waits`, cut at a word where possible. */
export function namespacePrefix(title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? []
  let name = 't'
  for (const word of words) {
    if (name.length + word.length + 1 > LONGEST_PREFIX) break
    name += `-${word}`
  }
  return name
}

/** Names of namespaces have at most 63 characters; the logs of a Pod should still be readable. */
const LONGEST_PREFIX = 40

export async function serviceAccountIn(cluster: Cluster, namespace: string): Promise<void> {
  const isThere = new Latch()
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts`
  const watch = cluster.watch(path, { fieldSelector: 'metadata.name=default' }, ({ type }) => {
    if (type === 'ADDED') isThere.settle()
  })
  const isReady = await cluster.clock.pass(isThere, cluster.clock.now() + SERVICE_ACCOUNT_TIMEOUT_MS)
  watch.stop()
  if (!isReady)
    throw new Error(
      `namespace ${namespace} got no default service account within 30s: no Pod can be created in it`,
    )
}

export async function clusterFacts(cluster: Cluster) {
  const version = await held(cluster, () => cluster.request('GET', '/version'))
  const { gitVersion } = bodyOf(version, 'asking for the version') as { readonly gitVersion: string }
  const list = await held(cluster, () => cluster.request('GET', '/api/v1/nodes'))
  if (!isSuccess(list)) return { kind: cluster.name, version: gitVersion }
  const { items } = list.body as { readonly items: readonly (KubeObject & NodeFields)[] }
  const runtime = items[0]?.status?.nodeInfo?.containerRuntimeVersion
  return {
    kind: cluster.name,
    version: gitVersion,
    nodes: items.length,
    ...(runtime !== undefined && { runtime: runtime.replace('://', ' ') }),
  }
}

interface NodeFields {
  readonly status?: { readonly nodeInfo?: { readonly containerRuntimeVersion?: string } }
}

async function held<T>(cluster: Cluster, ask: () => Promise<T>): Promise<T> {
  const release = cluster.clock.hold()
  try {
    return await ask()
  } finally {
    release()
  }
}
