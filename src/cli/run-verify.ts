// Verifies the pages of a command line.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Cluster } from '../cluster/cluster.ts'
import { coloursOf } from '../report/colours.ts'
import { writeFileAtomically } from '../report/atomic-write.ts'
import { nodeNamesOf } from '../transcript/node-names.ts'
import type { Examples } from '../transcript/run/page-files.ts'
import { pageAsAnnotations } from '../transcript/show/annotations.ts'
import { pageAsHtml } from '../transcript/show/html.ts'
import { pageAsJson } from '../transcript/show/json.ts'
import { pagesAsJunit } from '../transcript/show/junit.ts'
import { showPage } from '../transcript/show/terminal.ts'
import { countVerdicts, type PageVerdict } from '../transcript/verdict.ts'
import { type Verified, verifyPage } from '../transcript/verify.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { findKubectl } from './find-kubectl.ts'
import { substitutions } from './substitutions.ts'
import { UsageError } from './usage-error.ts'
import { watchPages } from './watch-pages.ts'
import type { VerifyCommandOptions } from './verify.ts'

/** Verifies each page on a cluster, or in a namespace, of its own. Throws UsageError. */
export async function runVerify(paths: readonly string[], options: VerifyCommandOptions): Promise<ExitCode> {
  const pages = paths.map((path) => ({ path, text: textOf(path) }))
  const examples = examplesOf(options.examples)
  const fails = failureOf(options.failOn)
  const kubectlFile = findKubectl(options.kubectl)
  const verifyOne = (path: string, text: string) => verify(path, text, { options, kubectlFile, examples })
  // From the beginning: a page may be saved while it is verified for the first time.
  const whenSaved = options.watch ? watchPages(paths) : undefined
  const verdicts: PageVerdict[] = []
  for (const { path, text } of pages) verdicts.push(await verifyOne(path, text))
  if (options.json) console.log(JSON.stringify({ pages: verdicts.map(pageAsJson) }, null, 2))
  if (options.junit !== undefined) writeFileAtomically(options.junit, pagesAsJunit(verdicts))
  await whenSaved?.(async (path) => void (await verifyOne(path, textOf(path))))
  return verdicts.some(fails) ? EXIT.failed : EXIT.held
}

/** Verifies one page in a place of its own, shows what became of it, and writes what was asked for. */
async function verify(
  path: string,
  text: string,
  how: { readonly options: VerifyCommandOptions; readonly kubectlFile: string; readonly examples: Examples },
): Promise<PageVerdict> {
  const { options, ...verifyOptions } = how
  const place = await placeFor(text, options)
  try {
    const verified = await verifyPage(path, text, { ...place, ...verifyOptions })
    show(verified.verdict, options)
    write(path, text, verified, options)
    return verified.verdict
  } finally {
    await place.leave()
  }
}

function textOf(path: string): string {
  if (!existsSync(path)) throw new UsageError(`there is no page ${path}`)
  if (statSync(path).isDirectory())
    throw new UsageError(`${path} is a folder; name its pages, for example ${path}/*.md`)
  return readFileSync(path, 'utf8')
}

/** `https://k8s.io/examples=folder` */
function examplesOf(values: readonly string[]): Examples {
  const entries = values.map((value) => {
    const at = value.lastIndexOf('=')
    const folder = value.slice(at + 1)
    if (at < 1)
      throw new UsageError(
        `--examples ${value}: expected ADDRESS=FOLDER, for example https://k8s.io/examples=examples`,
      )
    if (!existsSync(folder)) throw new UsageError(`--examples ${value}: there is no folder ${folder}`)
    return [value.slice(0, at), folder] as const
  })
  return Object.fromEntries(entries)
}

const FAILURES = ['differs', 'drift', 'none', 'not-run'] as const

function failureOf(text: string): (page: PageVerdict) => boolean {
  const wanted = text.split(',').map((word) => word.trim())
  const unknown = wanted.find((word) => !FAILURES.some((known) => known === word))
  if (unknown !== undefined)
    throw new UsageError(`--fail-on ${unknown}: expected one of ${FAILURES.join(', ')}`)
  return (page) => {
    const { differs, drift, findings, notRun } = countVerdicts(page)
    return (
      (wanted.includes('differs') && differs + findings > 0) ||
      (wanted.includes('drift') && drift > 0) ||
      (wanted.includes('not-run') && notRun > 0)
    )
  }
}

interface Place {
  readonly cluster: Cluster
  readonly namespace: string
  leave(): Promise<void>
}

/** A fresh simulator whose nodes bear the page's names, or a fresh namespace of a real cluster. */
async function placeFor(text: string, { cluster: name, image, seed }: VerifyCommandOptions): Promise<Place> {
  if (name === 'simulator') {
    const { imagesWith, simulatorCluster } = await import('../cluster/simulator.ts')
    const images = imagesWith(substitutions(image ?? []))
    const nodes = nodeNamesOf(text).map((nodeName) => ({ name: nodeName }))
    const cluster = simulatorCluster({ seed, nodes, images }, { tls: false })
    return { cluster, namespace: 'default', leave: () => cluster.close() }
  }
  if (name !== 'kubeconfig') throw new UsageError(`--cluster ${name} is neither simulator nor kubeconfig`)
  const { kubeconfigCluster } = await import('../cluster/kubeconfig.ts')
  const { openSession } = await import('../expect/open-session.ts')
  const { closeSession } = await import('../expect/close-session.ts')
  const cluster = await kubeconfigCluster()
  const session = await openSession({ cluster, title: 'verify page' })
  return {
    cluster,
    namespace: session.namespace,
    leave: async () => {
      await closeSession(session)
      await cluster.close()
    },
  }
}

function show(verdict: PageVerdict, { json, verbose }: VerifyCommandOptions): void {
  if (json) return
  console.log(showPage(verdict, coloursOf(process.stdout), verbose ?? false))
  if (process.env['GITHUB_ACTIONS'] === 'true')
    for (const line of pageAsAnnotations(verdict)) console.log(line)
}

function write(path: string, text: string, verified: Verified, options: VerifyCommandOptions): void {
  const { html, update, writeExpected } = options
  if (html !== undefined)
    writeFileAtomically(join(html, `${basename(path)}.html`), pageAsHtml(verified.verdict, text))
  if (!update && writeExpected === undefined) return
  const updated = verified.updatedText()
  if (update && updated !== text) writeFileAtomically(path, updated)
  if (writeExpected !== undefined) writeFileAtomically(join(writeExpected, basename(path)), updated)
}
