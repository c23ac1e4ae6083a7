// podproof simulate as a process of its own, and what the page's reader types while it runs.

import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The path of a manifest of the page. */
export const manifest = (name: string) => join(root, 'specs', 'manifests', `${name}.yaml`)

/** The whole life of both of the page's Pods, the Services being there. */
export const BOTH_PODS: readonly string[] = [
  `create -f ${manifest('vito-demo-po-nginx')}`,
  'wait --for=condition=Ready pod/vito-demo-po-nginx',
  'get pod vito-demo-po-nginx -o wide',
  'exec vito-demo-po-nginx -- cat /info.log',
  'delete pod vito-demo-po-nginx',
  `create -f ${manifest('myapp-pod')}`,
  'wait --for=condition=Ready pod/myapp-pod',
  'get pod myapp-pod -o wide',
  'logs myapp-pod',
  'logs myapp-pod -c init-mydb',
  'describe pod myapp-pod',
  'delete pod myapp-pod',
]

/** Two processes that do nothing but compute; the answer ends them. */
export function keepBusy(): () => void {
  const children = [1, 2].map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }))
  return () => children.forEach((child) => child.kill('SIGKILL'))
}

/** A running podproof simulate. */
export interface Simulate {
  readonly child: ChildProcess
  readonly kubeConfig: string
  readonly output: () => string
  /** Interrupts it, and answers its exit code. */
  stop(): Promise<number | null>
}

/** Starts it from its sources, and waits until it says that it stands. */
export async function simulate(...options: string[]): Promise<Simulate> {
  const folder = mkdtempSync(join(tmpdir(), 'podproof-spec-'))
  const kubeConfig = join(folder, 'kubeconfig')
  const argv = [
    '--import=tsx',
    join(root, 'src/cli/main.ts'),
    'simulate',
    '--kubeconfig',
    kubeConfig,
    ...options,
  ]
  const child = spawn(process.execPath, argv, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve))
  let output = ''
  await new Promise<void>((resolve) => {
    const take = (data: Buffer) => {
      output += data.toString()
      if (output.includes('Ctrl-C ends it.')) resolve()
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    void exit.then(() => resolve())
  })
  const stop = async () => {
    child.kill('SIGINT')
    const code = await exit
    rmSync(folder, { recursive: true, force: true })
    return code
  }
  return { child, kubeConfig, output: () => output, stop }
}
