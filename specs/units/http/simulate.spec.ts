// podproof simulate: the program that serves the simulator to anybody's kubectl.

import { expect } from 'chai'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommandLine } from '../../../src/cli/command-line.ts'
import { kubectl136 } from '../../support/kubectl.ts'
import { KubectlClient } from './kubectl-client.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const manifest = (name: string) => join(root, 'specs', 'manifests', `${name}.yaml`)
const ROUNDS = process.env['PODPROOF_FULL'] ? 50 : 1

interface Simulate {
  readonly child: ChildProcess
  readonly kubeConfig: string
  readonly output: () => string
  /** Interrupts it, and answers its exit code. */
  stop(): Promise<number | null>
}

async function simulate(...options: string[]): Promise<Simulate> {
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

/** What differs between two runs of the same commands. */
function stable(text: string): string {
  return text
    .replace(/\b\d+\.\d+\.\d+\.\d+\b/g, '<ip>')
    .replace(/\b(\d+m)?\d+s\b/g, '<age>')
    .replace(/containerd:\/\/[0-9a-f]+/g, '<id>')
    .replace(/kube-api-access-\w+/g, '<token>')
    .replace(/\w{3}, \d\d \w{3} \d{4} [\d:]+ \+0000/g, '<date>')
    .replace(/ +$/gm, '')
    .replace(/ {2,}/g, '  ')
}

describe('podproof simulate', function () {
  this.timeout(1_800_000)

  it('writes a kubeconfig for its owner alone, and takes it away when it is interrupted', async () => {
    const running = await simulate('--speed', 'leap', '--nodes', '2')
    expect(running.output()).to.match(
      /^A simulated Kubernetes v1\.36\.2 with 2 nodes at https:\/\/127\.0\.0\.1:\d+; time leaps/,
    )
    expect(statSync(running.kubeConfig).mode & 0o777).to.equal(0o600)
    expect(await running.stop()).to.equal(0)
    expect(existsSync(running.kubeConfig)).to.equal(false)
  })

  const MISTAKES: Record<string, string> = {
    '--speed fast': '--speed fast: expected 1, a factor like 10x, or leap',
    '--nodes none': '--nodes none: expected a whole number from 1 on',
    '--port -1': '--port -1: expected a whole number from 0 on',
  }
  for (const [options, message] of Object.entries(MISTAKES)) {
    it(`refuses ${options}`, async () => {
      let written = ''
      const write = (text: string) => void (written += text)
      expect(await runCommandLine(['simulate', ...options.split(' ')], { out: write, err: write })).to.equal(
        2,
      )
      expect(written).to.equal(`podproof: ${message}\n`)
    })
  }

  it(`shows both Pods of the page the same ${ROUNDS} times, leaping, on a busy host`, async function () {
    const file = kubectl136()
    if (file === undefined) return this.skip() // kubectl 1.36 is for linux-amd64
    const running = await simulate('--speed', 'leap', '--apply', manifest('myservice'), manifest('mydb'))
    const client = new KubectlClient(file, readFileSync(running.kubeConfig, 'utf8'))
    const busy = [1, 2].map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }))
    const seen = new Set<string>()
    try {
      for (let round = 0; round < ROUNDS; round++) seen.add(await bothPods(client))
    } finally {
      for (const child of busy) child.kill('SIGKILL')
      await running.stop()
      client.close()
    }
    expect([...seen]).to.have.length(1)
    expect([...seen][0]).to.match(/pod "myapp-pod" deleted from default namespace\n$/)
    return undefined
  })
})

async function bothPods(client: KubectlClient): Promise<string> {
  const lines = [
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
  let text = ''
  for (const line of lines) {
    const { exitCode, stdout, stderr } = await client.run(line)
    text += `$ kubectl ${line} (${exitCode})\n${stdout}${stderr}`
  }
  return stable(text)
}
