// podproof sweep: removes what interrupted runs have left.

import type { Verb } from './verb.ts'

/** The options as commander reads them. */
export interface SweepCommandOptions {
  readonly allowContext?: readonly string[]
  readonly cluster: string
  readonly olderThan: string
}

const HELP = `
Only namespaces with the label podproof.dev/test=true are looked at, and only
those that are older than --older-than: a younger one may belong to a test that
runs now. Containers of k3s are removed when the process that started them is
gone from this host.

Examples:
  podproof sweep
  podproof sweep --cluster kubeconfig:my-context --older-than 10m
  podproof sweep --cluster k3s`

export const sweep: Verb = {
  name: 'sweep',
  declare(command, end) {
    command
      .summary('remove what interrupted runs have left on a cluster')
      .description('Removes namespaces, or containers of k3s, that podproof made and could not remove.')
      .option('-c, --cluster <name>', 'kubeconfig, kubeconfig:CONTEXT or k3s', 'kubeconfig')
      .option('--allow-context <name...>', 'contexts that may be used although they look like production')
      .option('--older-than <duration>', 'how old a namespace has to be', '1h')
      .addHelpText('after', HELP)
      .action(async (options: SweepCommandOptions) => {
        const { runSweep } = await import('./run-sweep.ts')
        end(await runSweep(options))
      })
  },
}
