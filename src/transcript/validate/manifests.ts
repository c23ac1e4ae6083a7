// Asks the API server about manifests that a page shows and nobody applies: a dry run refuses what is wrong in them.

import type { ClusterResponse } from '../../cluster/cluster.ts'
import { ManifestError, type ManifestObject, readManifest } from '../../cluster/manifest.ts'
import { collectionPath } from '../../cluster/resource.ts'
import { isSuccess, statusOf } from '../../cluster/status-error.ts'
import type { Session } from '../../expect/session.ts'
import { isElision } from '../compare/sequence.ts'
import { usedFileNames } from '../file-name.ts'
import { type FileStep, lineAt, type Page } from '../page.ts'
import type { PageFinding } from '../verdict.ts'
import { lineOfField } from './line-of-field.ts'

/** What the server says against them, each at the line of the page that it is about. */
export async function validateManifests(page: Page, session: Session): Promise<PageFinding[]> {
  const findings: PageFinding[] = []
  for (const step of unusedManifests(page)) findings.push(...(await validate(step, page, session)))
  return findings
}

/** Whole manifests that no command of the page reads. Fragments and templates are none. */
function unusedManifests({ steps }: Page): FileStep[] {
  const used = new Set(
    steps.flatMap((step) => (step.kind === 'command' ? usedFileNames(step.source) : [])).map(baseName),
  )
  return steps.filter(
    (step): step is FileStep =>
      step.kind === 'file' &&
      (step.name === undefined || !used.has(baseName(step.name))) &&
      /^apiVersion:/m.test(step.content) &&
      /^kind:/m.test(step.content) &&
      !/\{\{/.test(step.content) &&
      !step.content.split('\n').some(isElision),
  )
}

function baseName(path: string): string {
  return path.replace(/^.*\//, '')
}

async function validate(step: FileStep, page: Page, session: Session): Promise<PageFinding[]> {
  try {
    const findings: PageFinding[] = []
    for (const { object, place } of readManifest(step.content, 'manifest')) {
      const first = Number(place.split(':')[1] ?? 1)
      const response = await dryRun(object, session)
      if (response) findings.push(...refusals(response, object, { step, page, first }))
    }
    return findings
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error
    const message = error.message.replace(/^manifest:\d+:\d+: /, '')
    return [{ lines: [lineAt(page.text, step.line + error.line - 1)], message }]
  }
}

/** Undefined where the cluster does not serve the kind: that is no mistake of the page. */
async function dryRun(object: ManifestObject, session: Session): Promise<ClusterResponse | undefined> {
  const resource = await session.resources.ofKind(object.apiVersion, object.kind)
  if (!resource) return undefined
  const { namespace = 'default' } = object.metadata
  const place = namespace === 'default' ? session.namespace : namespace
  const body = resource.isNamespaced
    ? { ...object, metadata: { ...object.metadata, namespace: place } }
    : object
  const query = { dryRun: 'All', fieldValidation: 'Strict' }
  return session.request('POST', collectionPath(resource, place), body, { query })
}

interface Place {
  readonly step: FileStep
  readonly page: Page
  /** The line of the step on which the object begins, from 1. */
  readonly first: number
}

/** Only what is wrong with the manifest itself counts; that its name is taken or its namespace missing does not. */
function refusals(response: ClusterResponse, object: ManifestObject, place: Place): PageFinding[] {
  if (isSuccess(response) || ![400, 422].includes(response.status)) return []
  const { message, details } = statusOf(response)
  const { causes = [] } = (details ?? {}) as {
    readonly causes?: readonly { readonly field?: string; readonly message?: string }[]
  }
  if (causes.length === 0) return [at(fieldIn(message), `${nameOf(object)}: ${message}`, place)]
  return causes.map(({ field = '', message: cause = message }) =>
    at(field, `${nameOf(object)}: ${field}: ${cause}`, place),
  )
}

/** Strict decoding names fields in quotes: `strict decoding error: unknown field "spec.imagee"`. */
function fieldIn(message: string): string {
  return /field "([^"]+)"/.exec(message)?.[1] ?? ''
}

function at(field: string, message: string, { step, page, first }: Place): PageFinding {
  const offset = lineOfField(step.content, first, field)
  return { lines: [lineAt(page.text, step.line + offset - 1)], message }
}

function nameOf({ kind, metadata }: ManifestObject): string {
  return `${kind} "${metadata.name ?? metadata.generateName ?? ''}"`
}
