// podproof distribute: lets an existing cluster run a large suite, one Pod a shard.

import type { Verb } from './verb.ts'

/** The options as commander reads them. */
export interface DistributeOptions {
  readonly allowContext?: readonly string[]
  readonly cluster: string
  readonly command?: string
  readonly deadline: string
  readonly image: string
  readonly include?: readonly string[]
  readonly keep?: boolean
  readonly namespace?: string
  readonly on: string
  readonly output?: string
  readonly reports?: string
  readonly seed?: string
  readonly shards: string
  readonly timeout?: string
  readonly workdir?: string
}

const HELP = `
What is made, in a namespace of its own: a ServiceAccount with the rights that
podproof needs, ConfigMaps with the specs and the files that they name, and an
Indexed Job with one Pod for each shard. Each Pod runs
  podproof test SPECS --shard job/N --report-log
The reports come back through the logs of the Pods and are merged to the report
of one run. Then everything is removed; podproof sweep removes what a run that
was killed has left.

Specs are run on the cluster itself, or with --on simulator each in a simulator
inside of its Pod. With --workdir they are in the image already. The image is
made by the Dockerfile of podproof; it has to be where the nodes can pull it.

Examples:
  podproof distribute specs/lifecycle --image registry.example/podproof --shards 8
  podproof distribute --image registry.example/podproof --on simulator --shards 16
  podproof distribute --image registry.example/mine --workdir /app -o job.yaml`

export const distribute: Verb = {
  name: 'distribute',
  declare(command, end) {
    command
      .summary('run a suite on a cluster, one Pod a shard')
      .description('Runs specs as an Indexed Job on a cluster, and merges what its Pods report.')
      .argument('[specs...]', 'files, folders or globs; those of podproof.config.ts when none are named')
      .requiredOption('-i, --image <image>', 'the image of podproof')
      .option('-n, --shards <number>', 'how many Pods', '4')
      .option('-c, --cluster <name>', 'kubeconfig or kubeconfig:CONTEXT: where the Pods run', 'kubeconfig')
      .option('--allow-context <name...>', 'contexts that may be used although they look like production')
      .option(
        '--on <cluster>',
        'what the claims are made about: kubeconfig (that cluster) or simulator',
        'kubeconfig',
      )
      .option('--include <glob...>', 'further files that specs read; those that they name as text are found')
      .option('--workdir <folder>', 'the specs are in the image, in this folder: no file is sent')
      .option('--command <command>', 'runs in the Pods, by sh -c, in place of podproof test')
      .option('--deadline <duration>', 'how long the Job may take', '1h')
      .option('--keep', 'leave everything on the cluster, until podproof sweep')
      .option('--namespace <name>', 'the name of the namespace; a new one unless told')
      .option('-o, --output <file>', 'write the manifests there (- for standard output), and run nothing')
      .option('-r, --reports <folder>', 'where the reports go')
      .option('-s, --seed <seed>', 'what everything that chance decides is drawn from')
      .option('-t, --timeout <duration>', 'how long a claim waits unless it says otherwise')
      .addHelpText('after', HELP)
      .action(async (specs: readonly string[], options: DistributeOptions) => {
        const { runDistribute } = await import('./run-distribute.ts')
        end(await runDistribute(specs, options))
      })
  },
}
