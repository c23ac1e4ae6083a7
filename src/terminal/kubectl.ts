// kubectl as a program of a terminal: the real one, run by the host, with its streams in cluster time.

import { decode } from '../process/bytes.ts'
import type { Action } from '../process/effects.ts'
import { sleepUntil, write } from '../process/io.ts'
import type { Program } from '../process/program.ts'
import type { Stream } from '../process/stream.ts'
import type { Task } from '../process/task.ts'
import type { Owner } from '../time/ownership.ts'
import { HostProcess } from './host-process.ts'
import type { KubectlCost } from './kubectl-cost.ts'
import { patienceMs, startCostMs } from './kubectl-cost.ts'
import { readsStdin } from './kubectl-stdin.ts'
import type { Mirror } from './mirror.ts'

/** Which kubectl, and how it is fenced in. */
export interface KubectlOptions {
  /** The executable on the host. */
  readonly file: string
  /** What the host's kubectl sees of the terminal's files. */
  readonly mirror: Mirror
  /** What an invocation costs in cluster time; left out where the host's time is the cluster's. */
  readonly cost?: KubectlCost | undefined
  /** Who lets cluster time go by; left out where it goes by itself. */
  readonly owner?: Owner | undefined
}

/** The program. Its files are the terminal's, its HOME and KUBECONFIG too; PATH is empty, so that it finds no plugins. */
export function kubectl(options: KubectlOptions): Program {
  return { name: 'kubectl', run: (task) => runKubectl(task, options) }
}

function* runKubectl(task: Task, options: KubectlOptions): Action<number> {
  const { mirror, cost, owner } = options
  const argv = task.argv.slice(1).map(decode)
  if (cost) yield* sleepUntil(task, task.now() + startCostMs(argv, cost))
  mirror.toHost(task.files)
  const child = new HostProcess(
    {
      file: options.file,
      argv: argv.map((word, index) => mirror.hostWord(word, argv, index)),
      env: environment(task, mirror),
      cwd: mirror.hostPath(decode(task.cwd)),
      hasStdin: readsStdin(argv),
    },
    () => running?.exited(),
  )
  const running = owner?.started({ name: ['kubectl', ...argv].join(' '), isQuiet: child.isQuiet })
  const giveUpAfterMs = patienceMs(argv)
  const patience =
    running && giveUpAfterMs !== undefined
      ? task.table.surroundings.timers.at(task.now() + giveUpAfterMs, () => running.givesUp())
      : undefined
  let code
  try {
    code = yield* relay(task, child, { mirror, told: () => running?.told() })
  } finally {
    patience?.cancel()
    if (!child.exit) child.kill('SIGKILL')
  }
  mirror.toTerminal(task.files)
  if (cost) yield* sleepUntil(task, task.now() + cost.endMs)
  return code
}

/** Carries bytes both ways until the program has ended; answers its exit status. */
function* relay(
  task: Task,
  child: HostProcess,
  { mirror, told }: { readonly mirror: Mirror; readonly told: () => void },
): Action<number> {
  let stdin: Stream | undefined = child.hasStdin ? task.descriptors.stream(0) : undefined
  for (;;) {
    for (const { stream, bytes } of child.takeOutputs())
      yield* write(task, stream === 'stdout' ? 1 : 2, mirror.terminalText(bytes))
    if (child.exit) return child.exit.code
    const typed = stdin?.read(Infinity)
    if (typed === undefined) {
      yield { effect: 'wait', queues: stdin?.readable ? [child.changed, stdin.readable] : [child.changed] }
      continue
    }
    if (typed === '') {
      child.endStdin()
      stdin = undefined
    } else child.write(typed)
    told()
  }
}

/** What kubectl finds in its environment: its home, and what the terminal has set for it. */
function environment(task: Task, mirror: Mirror): Record<string, string> {
  const home = decode(task.env['HOME'] ?? '/root')
  const kubeConfig = decode(task.env['KUBECONFIG'] ?? `${home}/.kube/config`)
  return {
    HOME: mirror.hostPath(home),
    PATH: '',
    KUBECONFIG: kubeConfig
      .split(':')
      .map((path) => mirror.hostPath(path))
      .join(':'),
    KUBECACHEDIR: mirror.cache,
    TZ: 'UTC',
    LANG: 'C',
  }
}
