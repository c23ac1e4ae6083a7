// podproof verify: runs pages and says which of their sentences are not so.

import type { Verb } from './verb.ts'

/** The options as commander reads them. */
export interface VerifyCommandOptions {
  readonly cluster: string
  readonly examples: readonly string[]
  readonly failOn: string
  readonly html?: string
  readonly image?: readonly string[]
  readonly json?: boolean
  readonly junit?: string
  readonly kubectl?: string
  readonly seed: string
  readonly update?: boolean
  readonly verbose?: boolean
  readonly watch?: boolean
  readonly writeExpected?: string
}

const HELP = `
A page is Markdown as its author wrote it: fenced and indented blocks, prompts
($, #, [root@host dir]#, (second) $, / #), here-documents, vim FILE followed by
the file, YAML blocks that a later -f FILE names. It is replayed on a cluster of
its own, and each output is compared by what it says: ages, addresses and names
that every run makes anew may differ, statuses and counts may not. Nothing of a
page is run by the host's shell; the one host program it can start is kubectl.

Verdicts: holds, differs (and why), not run (and why). What only another version
of kubectl words differently holds, and is reported as drift.

Examples:
  podproof verify docs/*.md
  podproof verify init-containers.md --examples https://k8s.io/examples=examples
  podproof verify docs/pods.md --update
  podproof verify docs/*.md --json | jq '.pages[].commands[] | select(.verdict == "differs")'`

export const verify: Verb = {
  name: 'verify',
  declare(command, end) {
    command
      .summary('run pages and say which of their sentences are not so')
      .description('Replays Markdown pages with kubectl transcripts and compares every output with the page.')
      .argument('<page...>', 'Markdown files')
      .option('-c, --cluster <name>', 'simulator or kubeconfig', 'simulator')
      .option(
        '-e, --examples <address=folder>',
        'where the files behind an address lie (may be repeated)',
        (value: string, before: readonly string[]) => [...before, value],
        [] as readonly string[],
      )
      .option('--fail-on <verdicts>', 'what fails: differs, drift, not-run, none', 'differs')
      .option('--html <folder>', 'write each page with its margin as HTML')
      .option('-i, --image <image=image...>', 'images that others stand for, on the simulator')
      .option('--json', 'print every verdict as JSON, and nothing else')
      .option('--junit <file>', 'write the verdicts as JUnit XML')
      .option('-k, --kubectl <file>', 'the kubectl to use; the one in PATH unless told')
      .option('-s, --seed <seed>', "what the simulator's chances are drawn from", '1')
      .option('-u, --update', 'rewrite the outputs that differ, in place')
      .option('--verbose', 'list what holds, too')
      .option('-w, --watch', 'verify a page again whenever it is saved')
      .option('--write-expected <folder>', 'write the updated pages there, and leave the originals alone')
      .addHelpText('after', HELP)
      .action(async (pages: readonly string[], options: VerifyCommandOptions) => {
        const { runVerify } = await import('./run-verify.ts')
        end(await runVerify(pages, options))
      })
  },
}
