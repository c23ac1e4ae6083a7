// What a run leaves behind when it is ended before its time: nothing, or what podproof sweep removes.

import { expect } from 'chai'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runPodproof } from '../support/run-podproof.ts'
import { namespacesOfTests } from '../support/namespaces-of-tests.ts'
import { projectOf, specOf } from '../units/cli/fixtures.ts'
import { printed, startPodproof } from '../units/cli/run.ts'

/** Where tsx keeps what it has compiled, under the folder for temporary files. */
const TSX_CACHE = `tsx-${process.getuid?.() ?? ''}`

describe('a run that is ended before its time', function () {
  this.timeout(120_000)
  let project: ReturnType<typeof projectOf>
  let folder = ''
  let environment: NodeJS.ProcessEnv = {}
  let server: ChildProcess

  before(async () => {
    project = projectOf({
      'a.spec.ts': specOf("expectPod('p').toShowStatus('Pending')"),
      'b.spec.ts': specOf("expectPod('p').toStay('Pending').for('10m')"),
    })
    folder = mkdtempSync(join(tmpdir(), 'podproof-left-'))
    mkdirSync(join(folder, 'tmp'))
    // What tsx has compiled is nobody's leftover, and takes long to compile again.
    symlinkSync(join(tmpdir(), TSX_CACHE), join(folder, 'tmp', TSX_CACHE))
    environment = { KUBECONFIG: join(folder, 'kubeconfig'), TMPDIR: join(folder, 'tmp') }
    const kubeconfig = join(folder, 'kubeconfig')
    server = startPodproof(['simulate', '--kubeconfig', kubeconfig], { cwd: project.folder })
    await printed(server, 'Ctrl-C ends it')
  })

  after(async () => {
    await end(server, 'SIGKILL')
    project.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A run that is in the middle of its second test. */
  async function runningTest(): Promise<ChildProcess> {
    const args = ['test', 'a.spec.ts', 'b.spec.ts', '--cluster', 'kubeconfig']
    const child = startPodproof(args, { cwd: project.folder, env: environment })
    await printed(child, '✔ waits')
    while ((await namespaces()).length === 0) await new Promise((resolve) => setTimeout(resolve, 50))
    return child
  }

  const namespaces = () => namespacesOfTests(join(folder, 'kubeconfig'))
  const files = () => ({
    ofTheProject: readdirSync(project.folder).toSorted(),
    temporary: readdirSync(join(folder, 'tmp')),
  })
  const NOTHING = { ofTheProject: ['a.spec.ts', 'b.spec.ts', 'package.json'], temporary: [TSX_CACHE] }

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    it(`by ${signal} leaves no namespace and no file`, async () => {
      const child = await runningTest()
      expect(await end(child, signal)).to.deep.equal([code, null])
      expect(await namespaces()).to.deep.equal([])
      expect(files()).to.deep.equal(NOTHING)
    })

  it('by SIGKILL leaves its namespace, which podproof sweep removes, and nothing else', async () => {
    const child = await runningTest()
    expect(await end(child, 'SIGKILL')).to.deep.equal([null, 'SIGKILL'])
    const [left = '', ...others] = await namespaces()
    expect([left, others]).to.deep.equal([left, []])
    expect(files()).to.deep.equal(NOTHING)
    const sweep = ['sweep', '--cluster', 'kubeconfig', '--older-than']
    const early = await runPodproof([...sweep, '1h'], { env: environment })
    expect(early.stdout).to.match(new RegExp(`^kept +${left} `, 'm'))
    const swept = await runPodproof([...sweep, '0s'], { env: environment })
    expect(swept.stdout).to.match(new RegExp(`^removed +${left} `, 'm'))
    expect(await namespaces()).to.deep.equal([])
  })

  it('by SIGTERM when its cluster has vanished ends in a moment, and names what is left', async () => {
    const child = await runningTest()
    const [left] = await namespaces()
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    server.kill('SIGSTOP')
    expect(await end(child, 'SIGTERM')).to.deep.equal([143, null])
    expect(said).to.include(
      `what is left is namespace ${left} of kubeconfig:podproof, which podproof sweep removes`,
    )
  })
})

/** Ends a process; answers its exit code, or the signal that ended it. */
async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<readonly unknown[]> {
  if (child.exitCode !== null || child.signalCode !== null) return [child.exitCode, child.signalCode]
  const ended = once(child, 'exit')
  child.kill(signal)
  return ended
}
