// podproof test: runs specs and reports on every claim.

import type { Verb } from './verb.ts'

/** The options as commander reads them. */
export interface TestOptions {
  readonly allowContext?: readonly string[]
  readonly cluster?: string
  readonly grep?: string
  readonly histories?: string
  readonly image?: readonly string[]
  readonly json?: boolean
  readonly k3s?: string
  readonly keepFailed?: boolean
  readonly preload?: readonly string[]
  readonly reportJson?: string
  readonly reportLog?: boolean
  readonly reports?: string
  readonly reuseK3s?: boolean
  readonly seed?: string
  readonly shard?: string
  readonly shardBy?: string
  readonly timeout?: string
}

const HELP = `
Without specs, those that podproof.config.ts names are run (specs/**/*.spec.ts
unless it says otherwise). A spec is a file of mocha tests that imports
{ cluster, expectPod } from 'podproof'. Each test gets a namespace of its own,
on the simulator a whole cluster; everything that chance decides there comes
from the seed, the file and the title of the test.

Reports go to <folder>/<cluster>/: report.md, report.json, report.html.

Of several clusters each runs all specs, one cluster after the other; then each
is compared with the first, test by test: statuses and the intervals between
them, exits, Events, outputs and logs. Where two part is printed, and written to
<folder>/<one>-and-<other>/: twin.md, twin.json; the exit code is then 1. Alike
are intervals within two seconds or a third, and what one cluster showed for less
than 1.5 seconds, or so shortly before the end of a test, the other may miss.

Examples:
  podproof test specs/lifecycle/hooks.spec.ts
  podproof test --grep 'init container' --timeout 2m
  podproof test --cluster simulator,k3s
  podproof test --json | jq '.tests[].durations[] | {label, ms}'`

export const test: Verb = {
  name: 'test',
  declare(command, end) {
    command
      .summary('run specs and report on every claim')
      .description(
        'Runs specs and reports on every claim: when it held, in cluster time, and what took how long, and why.',
      )
      .argument('[specs...]', 'files, folders or globs')
      .option('-c, --cluster <name>', 'simulator, k3s, kubeconfig or kubeconfig:CONTEXT; several with commas')
      .option('--allow-context <name...>', 'contexts that may be used although they look like production')
      .option('-g, --grep <pattern>', 'only tests whose full title matches (a regular expression)')
      .option('--histories <folder>', 'keep what each test has seen, as recordings for podproof compare')
      .option('-i, --image <image=image...>', 'images that others stand for, on every cluster')
      .option('--json', 'print the report as JSON, and nothing else')
      .option('--k3s <version>', 'which k3s: v1.34, v1.34.1-k3s1, or a whole image')
      .option('--preload <image...>', 'images of the engine that k3s is given, so that it pulls none')
      .option(
        '--reuse-k3s',
        'leave k3s running for the next run that says so, until podproof sweep --cluster k3s',
      )
      .option('--keep-failed', 'leave the namespaces of failed tests for a look, until podproof sweep')
      .option('--report-json <file>', 'write the report as JSON to this file too')
      .option('--report-log', 'print the report in lines that podproof distribute finds in a log')
      .option('-r, --reports <folder>', 'where the reports go')
      .option(
        '--shard <i/n>',
        'run the i-th of n parts, divided by the durations of the last report; job/n in a Job',
      )
      .option('--shard-by <report.json>', 'the report to divide by, in place of the last one')
      .option('-s, --seed <seed>', 'what everything that chance decides is drawn from')
      .option(
        '-t, --timeout <duration>',
        "how long a claim waits unless it says otherwise: '90s', in cluster time",
      )
      .addHelpText('after', HELP)
      .action(async (specs: readonly string[], options: TestOptions) => {
        const clusters = options.cluster?.split(',') ?? []
        if (clusters.length > 1) {
          const { runTwins } = await import('./run-twins.ts')
          return end(await runTwins(clusters, specs, options))
        }
        const { runTests } = await import('./run-tests.ts')
        end(await runTests(specs, options))
      })
  },
}
