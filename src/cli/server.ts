// podproof server: what the image of podproof runs, in the place of k3s in an image of rancher/k3s.

import { NODE_SOCKET } from './container/node-socket.ts'
import type { Verb } from './verb.ts'

/** The options as commander reads them, called as those of `k3s server`. */
export interface ServerOptions {
  readonly disable?: readonly string[]
  readonly httpsListenPort: string
  readonly nodeName: string
  readonly nodeSocket: string
  readonly seed?: string
  readonly tlsSan?: readonly string[]
  readonly writeKubeconfig: string
  readonly writeKubeconfigMode?: string
}

const HELP = `
Test suites that start a container of rancher/k3s, by a K3s module of
testcontainers for example, get a simulated cluster when they are given an image
made by the Dockerfile of podproof. It needs no privileges. Time leaps to the
end of what kubectl and podproof wait for.

Examples:
  docker build -t podproof .
  docker run -p 6443:6443 podproof`

export const server: Verb = {
  name: 'server',
  declare(command, end) {
    command
      .summary('serve the simulator in the place of k3s in a container')
      .description(
        'Serves a simulated cluster on all interfaces, as "k3s server" does, until TERM. Meant for containers.',
      )
      .option('--https-listen-port <number>', 'the port', '6443')
      .option(
        '-o, --write-kubeconfig <file>',
        'where to write the kubeconfig',
        process.env['K3S_KUBECONFIG_OUTPUT'] ?? '/etc/rancher/k3s/k3s.yaml',
      )
      .option('--write-kubeconfig-mode <mode>', 'the mode of that file, in octal')
      .option('--tls-san <name>', 'a further name or address in the certificate (may be repeated)', collected)
      .option(
        '--disable <component>',
        'components of k3s that are not wanted: the simulator has none of them',
        collected,
      )
      .option('--node-name <name>', "the node's name", process.env['K3S_NODE_NAME'] ?? 'node-1')
      .option('--node-socket <file>', 'where crictl asks for the containers of the node', NODE_SOCKET)
      .option('--seed <seed>', 'what everything that chance decides is drawn from')
      .addHelpText('after', HELP)
      .action(async (options: ServerOptions) => {
        const { runServer } = await import('./run-server.ts')
        end(await runServer(options))
      })
  },
}

/** k3s takes lists with commas, and repeated options. */
function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...value.split(',')]
}
