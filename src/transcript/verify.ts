// Verifies a page: reads it, finds its timeline, replays it on a cluster, and says which of its sentences are not so.

import type { Cluster } from '../cluster/cluster.ts'
import { clusterFacts } from '../expect/open-session.ts'
import { Session } from '../expect/session.ts'
import { hostWall } from '../time/host.ts'
import { Latch } from '../time/latch.ts'
import { judgeClaim } from './claim/judge.ts'
import { inconsistencies } from './consistency.ts'
import type { Page } from './page.ts'
import { readPage } from './read.ts'
import { ClusterStage } from './run/cluster-stage.ts'
import { fillIn } from './run/fill-in.ts'
import { Judge } from './run/judge.ts'
import { DEFAULT_LIMITS, type Limits } from './run/limits.ts'
import { PageRun } from './run/page-run.ts'
import { type Examples, withExamples } from './run/page-files.ts'
import { PageTerminals } from './run/terminals.ts'
import { contradictions } from './timeline/contradictions.ts'
import { resourceAsked } from './timeline/object-key.ts'
import { type Schedule, schedulePage } from './timeline/schedule.ts'
import { pageUpdate } from './update/page.ts'
import { validateManifests } from './validate/manifests.ts'
import type { CommandVerdict, PageFinding, PageVerdict } from './verdict.ts'

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
  const page = withExamples(readPage(path, text), options.examples ?? {})
  const schedule = schedulePage(page)
  const place = await openPlace(page, options)
  const { stage, session, terminals } = place
  const nodeNames = await namesOfNodes(options.cluster)
  const { namespace, history } = session
  const judge = new Judge({ history, nodeNames, namespace, page, leftOver: schedule.leftOver })
  const claims: PageFinding[] = []
  try {
    const run = new PageRun(page, schedule, {
      stage,
      judge,
      examples: options.examples ?? {},
      limits: place.limits,
      fillIn: (source) => fillIn(source, { history, nodeNames }),
      claim: async ({ source, line }) => {
        const problem = await judgeClaim(source, session)
        if (problem !== undefined) claims.push({ lines: [line], message: problem })
      },
    })
    const commands = await run.run()
    const findings = [...(await findingsOf(page, schedule, session)), ...unjudged(page, commands), ...claims]
    const verdict = { path, commands, findings: findings.toSorted(byLine) }
    return { verdict, updatedText: () => pageUpdate(text, verdict, judge) }
  } finally {
    terminals.close()
    place.close()
  }
}

/** What a page is replayed on, until it is closed. */
async function openPlace(page: Page, options: VerifyOptions) {
  const { cluster, namespace, kubectlFile } = options
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits }
  const kubeConfig = await cluster.kubeConfig()
  const owner = cluster.own?.()
  const facts = await clusterFacts(cluster)
  const session = new Session(cluster, {
    title: page.path,
    cluster: facts,
    namespace,
    timeoutMs: limits.patienceMs,
  })
  const watches = watchOthers(page, session)
  await watchKinds(page, session)
  const terminals = new PageTerminals({ clock: cluster.clock, kubectlFile, kubeConfig, namespace, owner })
  const over = new Latch()
  const stage = new ClusterStage({ cluster, history: session.history, terminals, over })
  const cancel = hostWall.after(limits.pageWallMs, () => over.settle())
  const close = () => {
    cancel()
    for (const watch of watches) watch.stop()
    session.stop()
    owner?.release()
  }
  return { stage, session, terminals, limits, close }
}

/** A page that names namespaces of its own has Pods there whose ages count as well. */
function watchOthers(page: Page, { cluster, namespace, history }: Session) {
  return namespacesOf(page)
    .filter((name) => name !== namespace)
    .map((name) =>
      cluster.watch(`/api/v1/namespaces/${name}/pods`, {}, ({ type, object, atMs }) => {
        if (type !== 'GAP')
          history.record({ entry: 'change', atMs, type, object: { ...object, kind: 'Pod' } })
      }),
    )
}

/** A page that shows the ages of other objects than Pods is typed by them as well. What nobody serves has none. */
async function watchKinds(page: Page, session: Session): Promise<void> {
  const asked = new Set(sourcesOf(page).flatMap((source) => resourceAsked(source) ?? []))
  for (const name of asked) {
    const resource = await session.resources.named(name).catch(() => undefined)
    if (resource?.isNamespaced) session.watch(resource)
  }
}

function sourcesOf({ steps }: Page): string[] {
  return steps.flatMap((step) => (step.kind === 'command' ? [step.source] : []))
}

function namespacesOf(page: Page): string[] {
  const sources = sourcesOf(page)
  const names = sources.flatMap((source) =>
    [...source.matchAll(/(?:--namespace[ =]|\s-n[ =]?)([a-z0-9][a-z0-9-]*)\b/g)].map(
      (match) => match[1] ?? '',
    ),
  )
  return [...new Set(names)]
}

/** What a page says against its own manifests, where no command has been found to say so. */
function unjudged(page: Page, commands: readonly CommandVerdict[]): PageFinding[] {
  const told = new Set(commands.flatMap(({ differences }) => differences.map(({ line }) => line.line)))
  return inconsistencies(page).filter(({ lines }) => !lines.some(({ line }) => told.has(line)))
}

async function findingsOf(page: Page, schedule: Schedule, session: Session): Promise<PageFinding[]> {
  return [...contradictions(page, schedule), ...(await validateManifests(page, session))]
}

function byLine(a: PageFinding, b: PageFinding): number {
  return (a.lines[0]?.line ?? 0) - (b.lines[0]?.line ?? 0)
}

async function namesOfNodes(cluster: Cluster): Promise<string[]> {
  const { status, body } = await cluster.request('GET', '/api/v1/nodes')
  const { items = [] } = body as {
    readonly items?: readonly { readonly metadata: { readonly name: string } }[]
  }
  return status === 200 ? items.map(({ metadata }) => metadata.name) : []
}
