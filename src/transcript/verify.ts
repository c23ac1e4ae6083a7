// Verifies a page: reads it, finds its timeline, replays it on a cluster, and says which of its sentences are not so.

import type { Cluster } from '../cluster/cluster.ts'
import { followLogs } from '../expect/follow-logs.ts'
import { clusterFacts } from '../expect/open-session.ts'
import { History } from '../history/history.ts'
import type { Page } from './page.ts'
import { readPage } from './read.ts'
import { Judge } from './run/judge.ts'
import { DEFAULT_LIMITS, type Limits, PageRun } from './run/page-run.ts'
import type { Examples } from './run/page-files.ts'
import { PageTerminals } from './run/terminals.ts'
import { contradictions } from './timeline/contradictions.ts'
import { schedulePage } from './timeline/schedule.ts'
import { pageUpdate } from './update/page.ts'
import type { PageVerdict } from './verdict.ts'

export interface VerifyOptions {
  /** A cluster for this page alone, or one in which `namespace` is for this page alone. */
  readonly cluster: Cluster
  readonly namespace: string
  /** The host's kubectl. */
  readonly kubectlFile: string
  readonly examples?: Examples
  readonly limits?: Partial<Limits>
}

/** The verdict on a page, and the page as it should read. */
export interface Verified {
  readonly verdict: PageVerdict
  /** The text with its outputs brought up to date; the same text when nothing is to be changed. */
  updatedText(): string
}

/** Verifies the text of a page. Everything that it created in its namespace is left to the caller to remove. */
export async function verifyPage(path: string, text: string, options: VerifyOptions): Promise<Verified> {
  const page = readPage(path, text)
  const schedule = schedulePage(page)
  const { cluster, namespace, kubectlFile, examples = {}, limits = {} } = options
  const kubeConfig = await cluster.kubeConfig()
  const owner = cluster.own?.()
  const facts = await clusterFacts(cluster)
  const history = new History({
    name: path,
    description: '',
    cluster: facts,
    namespace,
    startedAtMs: cluster.clock.now(),
  })
  const terminals = new PageTerminals({ clock: cluster.clock, kubectlFile, kubeConfig, namespace, owner })
  const nodeNames = await namesOfNodes(cluster)
  const judge = new Judge({ history, nodeNames, namespace, leftOver: schedule.leftOver })
  const watches = watchAll(cluster, history)
  const logs = followLogs(cluster, history)
  try {
    const merged = { ...DEFAULT_LIMITS, ...limits }
    const run = new PageRun(page, schedule, { cluster, history, terminals, judge, examples, limits: merged })
    const verdict = { path, commands: await run.run(), findings: findingsOf(page, schedule) }
    return { verdict, updatedText: () => pageUpdate(text, verdict, judge) }
  } finally {
    for (const watch of watches) watch.stop()
    logs.stop()
    terminals.close()
    owner?.release()
  }
}

function findingsOf(page: Page, schedule: ReturnType<typeof schedulePage>): PageVerdict['findings'] {
  return contradictions(page, schedule)
}

function watchAll(cluster: Cluster, history: History) {
  return ['pods', 'events'].map((plural) =>
    cluster.watch(`/api/v1/namespaces/${history.facts.namespace}/${plural}`, {}, ({ type, object, atMs }) => {
      if (type !== 'GAP') history.record({ entry: 'change', atMs, type, object })
    }),
  )
}

async function namesOfNodes(cluster: Cluster): Promise<string[]> {
  const { status, body } = await cluster.request('GET', '/api/v1/nodes')
  const { items = [] } = body as {
    readonly items?: readonly { readonly metadata: { readonly name: string } }[]
  }
  return status === 200 ? items.map(({ metadata }) => metadata.name) : []
}
