// Fills in what a page leaves to its reader: any node will do, and of Pods the only one.

import type { History } from '../../history/history.ts'

/** The command with `<your-node-name>` and `<pod-name>` filled in; what the cluster leaves a choice of stays. */
export function fillIn(
  source: string,
  { history, nodeNames }: { readonly history: History; readonly nodeNames: readonly string[] },
): string {
  const pods = history.timelines('Pod').filter(({ last }) => last && last.type !== 'DELETED')
  const pod = pods.length === 1 ? pods[0]?.name : undefined
  return source
    .replace(/<[a-z -]*\bnode\b[a-z -]*>/gi, (word) => nodeNames[0] ?? word)
    .replace(/<[a-z -]*\bpod\b[a-z -]*>/gi, (word) => pod ?? word)
}
