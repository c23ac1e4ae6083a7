// kubectl as a program of a terminal: the real one, run by the host, with its streams in cluster time.

import { decode, encode } from '../process/bytes.ts'
import type { Action } from '../process/effects.ts'
import { sleepUntil, write } from '../process/io.ts'
import type { Program } from '../process/program.ts'
import type { Stream } from '../process/stream.ts'
import type { Task } from '../process/task.ts'
import type { Owner, RunningProgram } from '../time/ownership.ts'
import { inClusterTime } from './cluster-dates.ts'
import { fenced, refusalOf, usesKustomize } from './fence.ts'
import { HostProcess } from './host-process.ts'
import type { KubectlCost } from './kubectl-cost.ts'
import { patienceMs, startCostMs } from './kubectl-cost.ts'
import { namespaceIn, serverHost, withNamespace } from './kube-config.ts'
import { readsStdin } from './kubectl-stdin.ts'
import { remoteResource } from './kustomization.ts'
import { FOLDERS, type Mirror } from './mirror.ts'

/** Which kubectl, and how it is fenced in. */
export interface KubectlOptions {
  /** The executable on the host. */
  readonly file: string
  /** The text of the kubeconfig, with the namespace in which the terminal begins. */
  readonly kubeConfig: string
  /** What the host's kubectl sees of the terminal's files. */
  readonly mirror: Mirror
  /** What an invocation costs in cluster time; left out where the host's time is the cluster's. */
  readonly cost?: KubectlCost | undefined
  /** Who lets cluster time go by; left out where it goes by itself. */
  readonly owner?: Owner | undefined
}

/** The program. Its files are the terminal's; PATH is empty, so that it finds no plugins. */
export function kubectl(options: KubectlOptions): Program {
  return { name: 'kubectl', run: (task) => runKubectl(task, options) }
}

function* runKubectl(task: Task, options: KubectlOptions): Action<number> {
  const { mirror, cost, owner } = options
  const argv = task.argv.slice(1).map(decode)
  const refusal = refusalOf(argv) ?? kustomizeRefusal(task, argv)
  if (refusal !== undefined) {
    yield* write(task, 2, encode(`podproof: not run: ${refusal}\n`))
    return REFUSED
  }
  if (cost) yield* sleepUntil(task, task.now() + startCostMs(argv, cost))
  mirror.toHost(task.files)
  const namespace = namespaceIn(shownKubeConfig(task)) ?? namespaceIn(options.kubeConfig)
  const child = new HostProcess(
    {
      file: options.file,
      argv: fenced(argv, (path) => mirror.hostPath(resolvedPath(decode(task.cwd), path))),
      env: environment(withNamespace(options.kubeConfig, namespace), mirror),
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
    code = yield* relay(task, child, { mirror, running })
  } finally {
    patience?.cancel()
    if (!child.exit) child.kill('SIGKILL')
  }
  mirror.toTerminal(task.files)
  showNamespace(task, mirror, namespace)
  if (cost) yield* sleepUntil(task, task.now() + cost.endMs)
  return code
}

/** `kubectl config set-context --current --namespace` is seen by whoever reads the terminal's kubeconfig. */
function showNamespace(task: Task, mirror: Mirror, before: string | undefined): void {
  const text = mirror.kept('kubeconfig')
  if (namespaceIn(text) === before) return
  task.files.write(`${decode(task.env['HOME'] ?? '/root')}/.kube/config`, encode(text), { mode: 0o600 })
}

function kustomizeRefusal(task: Task, argv: readonly string[]): string | undefined {
  const remote = usesKustomize(argv) ? remoteResource(task.files, FOLDERS) : undefined
  return remote === undefined ? undefined : `${remote} lies outside of the cluster under test`
}

/** What a shell answers for a command that may not be run. */
const REFUSED = 126

function resolvedPath(cwd: string, path: string): string {
  return path.startsWith('/') ? path : `${cwd}/${path}`
}

/** Carries bytes both ways until the program has ended; answers its exit status. */
function* relay(
  task: Task,
  child: HostProcess,
  { mirror, running }: { readonly mirror: Mirror; readonly running: RunningProgram | undefined },
): Action<number> {
  let stdin: Stream | undefined = child.hasStdin ? task.descriptors.stream(0) : undefined
  for (;;) {
    for (const { stream, bytes } of child.takeOutputs())
      yield* write(
        task,
        stream === 'stdout' ? 1 : 2,
        inClusterTime(mirror.terminalText(bytes), running?.shiftMs),
      )
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
    running?.told()
  }
}

/**
 * What kubectl finds in its environment. Its kubeconfig is the one that podproof gave the terminal, whatever has become of
 * the file that the terminal shows: only the namespace is taken from there. Its home is empty, so that no file of the
 * terminal can set defaults for it (kuberc). Whatever it would ask but the API server goes to a proxy that is not there.
 */
function environment(kubeConfig: string, mirror: Mirror): Record<string, string> {
  return {
    HTTP_PROXY: NO_PROXY_THERE,
    HTTPS_PROXY: NO_PROXY_THERE,
    NO_PROXY: serverHost(kubeConfig) ?? '',
    HOME: mirror.hostHome,
    PATH: '',
    KUBECONFIG: mirror.keep('kubeconfig', kubeConfig),
    KUBERC: 'off',
    KUBECACHEDIR: mirror.cache,
    TZ: 'UTC',
    LANG: 'C',
  }
}

/** The port "discard": nothing of today listens on it. */
const NO_PROXY_THERE = 'http://127.0.0.1:9'

/** The terminal's file of its kubeconfig, as far as it may speak. */
function shownKubeConfig(task: Task): string | undefined {
  const path = `${decode(task.env['HOME'] ?? '/root')}/.kube/config`
  return task.files.exists(path) ? decode(task.files.read(path)) : undefined
}
