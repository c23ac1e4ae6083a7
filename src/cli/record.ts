// podproof record: runs scenarios and writes down what happened.

import type { Verb } from './verb.ts'

/** The options as commander reads them. */
export interface RecordOptions {
  readonly cluster: string
  readonly jobs: string
  readonly kubectl?: string
  readonly output: string
  readonly seed?: string
}

const HELP = `
A scenario is a YAML or JSON file with a manifest and steps (kubectl, shell and
node), or a recording, whose scenario is run again. The simulator's time moves
only while every kubectl waits: a recording does not depend on the host.

Examples:
  podproof record scenarios/*.yaml -o recordings
  podproof record crashloop.json --cluster kubeconfig -o on-my-cluster`

export const record: Verb = {
  name: 'record',
  declare(command, end) {
    command
      .summary('run scenarios and write down what happened')
      .description('Runs each scenario in a fresh namespace and writes <name>.json, a podproof.recording/v1.')
      .argument('<scenario...>', 'files of scenarios or recordings')
      .requiredOption('-o, --output <folder>', 'where the recordings go')
      .option('-c, --cluster <name>', 'simulator or kubeconfig', 'simulator')
      .option('-j, --jobs <number>', 'how many scenarios at once', '1')
      .option('-k, --kubectl <file>', 'the kubectl to use; the one in PATH unless told')
      .option(
        '-s, --seed <seed>',
        "what the simulator's chances are drawn from; the scenario's name unless told",
      )
      .addHelpText('after', HELP)
      .action(async (scenarios: readonly string[], options: RecordOptions) => {
        const { runRecord } = await import('./run-record.ts')
        end(await runRecord(scenarios, options))
      })
  },
}
