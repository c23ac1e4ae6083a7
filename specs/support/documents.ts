// Pages for specs: those beside the repository, and a simulator for each.

import { existsSync, readFileSync } from 'node:fs'
import { simulatorCluster } from '../../src/cluster/simulator.ts'
import { nodeNamesOf } from '../../src/transcript/node-names.ts'
import { type Verified, verifyPage, type VerifyOptions } from '../../src/transcript/verify.ts'

const DOCUMENTS = '../shared/documents'

/** The names of the pages whose findings are known. */
export const PAGES = ['console-style', 'pod-lifecycle.zh', 'site-style'] as const
export type PageName = (typeof PAGES)[number]

/** Whether the pages lie beside the repository. */
export const hasDocuments = existsSync(DOCUMENTS)

export function documentText(name: PageName): string {
  return readFileSync(`${DOCUMENTS}/${name}.md`, 'utf8')
}

/** Verifies a page on a simulator of its own, whose nodes bear the page's names. */
export async function verifyOnSimulator(
  path: string,
  text: string,
  options: Pick<VerifyOptions, 'kubectlFile'> & Partial<VerifyOptions>,
): Promise<Verified> {
  const nodes = nodeNamesOf(text).map((name) => ({ name }))
  const cluster = simulatorCluster({ seed: '1', nodes }, { tls: false })
  try {
    return await verifyPage(path, text, { cluster, namespace: 'default', ...options })
  } finally {
    await cluster.close()
  }
}
