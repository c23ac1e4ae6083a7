// Tells where a page's outputs cannot have come from the manifests that it shows: more containers, other init containers.

import { readTable } from './compare/table.ts'
import { type PageObject, pageObjects } from './page-manifests.ts'
import type { Page, SourceLine } from './page.ts'
import { objectKey, resourceAsked } from './timeline/object-key.ts'
import type { PageFinding } from './verdict.ts'

/** How many containers a Pod has: those that READY counts, and the init containers that `Init:1/2` counts. */
interface Counts {
  readonly ready: number
  readonly inits: number
}

/** What the rows of Pods say against their own manifests. */
export function inconsistencies(page: Page): PageFinding[] {
  const pods = countsByPod(pageObjects(page))
  return page.steps.flatMap((step) => {
    if (step.kind !== 'command') return []
    const table = readTable(step.expected?.lines ?? [], ({ text }) => text)
    return (table?.rows ?? []).flatMap(({ cells, line }) => {
      const name = objectKey(resourceAsked(step.source) ?? 'pod', cells['NAME'] ?? '')
      const counts = pods.get(name ?? '')
      return counts ? rowFindings(cells, counts, line) : []
    })
  })
}

/** Of Pods that the page describes once: one that it changes says no longer how it was. */
function countsByPod(objects: readonly PageObject[]): ReadonlyMap<string, Counts> {
  const pods = objects.filter(({ kind }) => kind === 'Pod')
  const once = pods.filter(({ name }) => pods.filter((other) => other.name === name).length === 1)
  return new Map(once.flatMap(({ name, spec }) => entry(`pod/${name}`, spec)))
}

function entry(key: string, spec: unknown): [string, Counts][] {
  const { containers, initContainers = [] } = (spec ?? {}) as {
    readonly containers?: readonly unknown[]
    readonly initContainers?: readonly { readonly restartPolicy?: string }[]
  }
  if (!Array.isArray(containers) || !Array.isArray(initContainers)) return []
  const sidecars = initContainers.filter((container) => container?.restartPolicy === 'Always').length
  // pkg/printers/internalversion/printers.go: printPod counts sidecars among the containers that can be ready.
  return [[key, { ready: containers.length + sidecars, inits: initContainers.length }]]
}

function rowFindings(
  { READY: ready = '', STATUS: status = '', NAME: name }: Readonly<Record<string, string>>,
  counts: Counts,
  line: SourceLine,
): PageFinding[] {
  const [, all] = /^\d+\/(\d+)$/.exec(ready) ?? []
  const [, inits] = /^Init:\d+\/(\d+)$/.exec(status) ?? []
  const said: [shown: string | undefined, counted: number, what: string][] = [
    [all, counts.ready, 'containers'],
    [inits, counts.inits, 'init containers'],
  ]
  return said
    .filter(([shown, counted]) => shown !== undefined && Number(shown) !== counted)
    .map(([shown, counted, what]) => ({
      lines: [line],
      message: `${name} has ${counted} ${what} by its manifest on this page, not ${shown}`,
    }))
}
