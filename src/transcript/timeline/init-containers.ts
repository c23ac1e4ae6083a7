// Finds the init containers of the Pods that a page describes, for the order in which containers run.

import { parseAllDocuments } from 'yaml'
import type { Page, Step } from '../page.ts'

/** The names of the init containers (sidecars left out) of each Pod of the page, by `pod/<name>`. */
export function initContainersOf(page: Page): ReadonlyMap<string, readonly string[]> {
  return new Map(page.steps.flatMap(manifests).flatMap(podEntry))
}

/** Files of the page, and here-documents that are piped into kubectl. */
function manifests(step: Step): unknown[] {
  const text =
    step.kind === 'file' ? step.content : step.kind === 'command' ? hereDocument(step.source) : undefined
  if (text === undefined) return []
  return parseAllDocuments(text).flatMap((document) =>
    document.errors?.length ? [] : [document.toJS() as unknown],
  )
}

function hereDocument(source: string): string | undefined {
  return /<<-?\s*['"]?(\w+)['"]?[^\n]*\n([\s\S]*?)\n\s*\1\s*$/m.exec(source)?.[2]
}

function podEntry(manifest: unknown): [string, string[]][] {
  const { kind, metadata, spec } = (manifest ?? {}) as {
    kind?: string
    metadata?: { name?: string }
    spec?: { initContainers?: { name?: string; restartPolicy?: string }[] }
  }
  if (kind !== 'Pod' || !metadata?.name || !Array.isArray(spec?.initContainers)) return []
  const names = spec.initContainers
    .filter(({ restartPolicy }) => restartPolicy !== 'Always')
    .map(({ name }) => name ?? '')
  return [[`pod/${metadata.name}`, names]]
}
