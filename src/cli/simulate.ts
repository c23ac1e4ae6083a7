// podproof simulate: serves the simulator to anybody's kubectl.

import type { Verb } from './verb.ts'

/** The options as commander reads them. */
export interface SimulateOptions {
  readonly apply?: readonly string[]
  readonly kubeconfig?: string
  readonly nodes: string
  readonly plain?: boolean
  readonly port: string
  readonly seed?: string
  readonly speed: string
}

const HELP = `
Speeds:
  1      cluster time is the time of the wall
  10x    ten times as fast
  leap   the wall's pace, but time leaps to the end of what kubectl waits for:
         a delete with a grace of 30s returns at once, and the cluster has still
         counted 30s. GET /podproof/clock says who holds it and what it waits for.

Examples:
  podproof simulate
  podproof simulate --speed leap --nodes 3 --apply pod.yaml --kubeconfig sim.kubeconfig
  KUBECONFIG=sim.kubeconfig kubectl get pods -w`

export const simulate: Verb = {
  name: 'simulate',
  declare(command, end) {
    command
      .summary("serve the simulator to anybody's kubectl")
      .description('Serves a simulated cluster on the loopback until it is interrupted (Ctrl-C).')
      .option('-s, --speed <speed>', 'how fast cluster time goes: 1, 10x, leap', '1')
      .option('-p, --port <number>', 'the port; any free one unless told', '0')
      .option('-k, --kubeconfig <file>', 'where to write the kubeconfig; a temporary file unless told')
      .option('-n, --nodes <number>', 'how many nodes', '1')
      .option('-a, --apply <manifest...>', 'manifests to apply at once')
      .option('--plain', 'speak HTTP without TLS')
      .option('--seed <seed>', 'what everything that chance decides is drawn from')
      .addHelpText('after', HELP)
      .action(async (options: SimulateOptions) => {
        const { runSimulate } = await import('./run-simulate.ts')
        end(await runSimulate(options))
      })
  },
}
