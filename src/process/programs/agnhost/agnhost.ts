// agnhost: the program of the upstream end-to-end tests, one subcommand a file.

import { write } from '../../io.ts'
import type { Program } from '../../program.ts'
import { entrypointTester } from './entrypoint-tester.ts'
import { grpcHealthChecking } from './grpc-health-checking.ts'
import { liveness } from './liveness.ts'
import { logsGenerator } from './logs-generator.ts'
import { netexec } from './netexec.ts'
import { pause } from './pause.ts'
import { porter } from './porter.ts'
import { dnsServerList, dnsSuffix, etcHosts } from './resolver-files.ts'
import { serveHostname } from './serve-hostname.ts'
import type { Subcommand } from './subcommand.ts'
import { testWebserver } from './test-webserver.ts'

const subcommands: Readonly<Record<string, Subcommand>> = {
  'dns-server-list': dnsServerList,
  'dns-suffix': dnsSuffix,
  'entrypoint-tester': entrypointTester,
  'etc-hosts': etcHosts,
  'grpc-health-checking': grpcHealthChecking,
  liveness,
  'logs-generator': logsGenerator,
  netexec,
  pause,
  porter,
  'serve-hostname': serveHostname,
  'test-webserver': testWebserver,
}

/** test/images/agnhost of Kubernetes; what a real one can do beyond this list is refused. */
export const agnhost: Program = {
  name: 'agnhost',
  residentBytes: 8 * 1024 * 1024,
  *run(task) {
    const [name = 'pause', ...words] = task.argv.slice(1)
    const subcommand = subcommands[name]
    if (!subcommand) {
      yield* write(
        task,
        2,
        `Error: unknown command "${name}" for "app" (the modelled ones are ${Object.keys(subcommands).join(', ')})\n`,
      )
      return 1
    }
    // Loading a Go program of this size takes its time (recording probe-grpc: 70 to 185 ms to its first log line).
    yield { effect: 'compute', ms: START_MS }
    return yield* subcommand(task, words)
  },
}

const START_MS = 80
