// The Kubernetes objects that a page gives: its files, those that it includes, and here-documents piped into kubectl.

import { parseAllDocuments } from 'yaml'
import type { Page, Step } from './page.ts'

/** An object as far as every one has the same form. */
export interface PageObject {
  readonly kind: string
  readonly name: string
  readonly spec: unknown
  /** The file in which it stands; undefined for a here-document, and for a block that no command names. */
  readonly file: string | undefined
}

/** The objects of a page in its order; what is no YAML or no object is left out. */
export function pageObjects(page: Page): PageObject[] {
  return page.steps.flatMap((step) => {
    const text = textOf(step)
    if (text === undefined) return []
    const file = step.kind === 'file' ? step.name : step.kind === 'include' ? step.path : undefined
    return parseAllDocuments(text).flatMap((document) =>
      document.errors?.length ? [] : objectOf(document.toJS() as unknown, file),
    )
  })
}

function textOf(step: Step): string | undefined {
  if (step.kind === 'file' || step.kind === 'include') return step.content
  return step.kind === 'command' ? hereDocument(step.source) : undefined
}

function hereDocument(source: string): string | undefined {
  return /<<-?\s*['"]?(\w+)['"]?[^\n]*\n([\s\S]*?)\n\s*\1\s*$/m.exec(source)?.[2]
}

function objectOf(manifest: unknown, file: string | undefined): PageObject[] {
  const { kind, metadata, spec } = (manifest ?? {}) as {
    readonly kind?: unknown
    readonly metadata?: { readonly name?: unknown } | null
    readonly spec?: unknown
  }
  const name = metadata?.name
  return typeof kind === 'string' && typeof name === 'string' ? [{ kind, name, spec, file }] : []
}
