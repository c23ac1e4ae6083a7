// podproof simulate: the program that serves the simulator to anybody's kubectl.

import { expect } from 'chai'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { runCommandLine } from '../../../src/cli/command-line.ts'
import { kubectl136 } from '../../support/kubectl.ts'
import { BOTH_PODS, keepBusy, manifest, simulate } from '../../support/simulate.ts'
import { KubectlClient } from './kubectl-client.ts'

const ROUNDS = process.env['PODPROOF_FULL'] ? 50 : 1

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
    '--apply nothere.yaml': 'nothere.yaml does not exist',
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
    const rest = keepBusy()
    const seen = new Set<string>()
    try {
      for (let round = 0; round < ROUNDS; round++) seen.add(await bothPods(client))
    } finally {
      rest()
      await running.stop()
      client.close()
    }
    expect([...seen]).to.have.length(1)
    expect([...seen][0]).to.match(/pod "myapp-pod" deleted from default namespace\n$/)
    return undefined
  })
})

async function bothPods(client: KubectlClient): Promise<string> {
  let text = ''
  for (const line of BOTH_PODS) {
    const { exitCode, stdout, stderr } = await client.run(line)
    text += `$ kubectl ${line} (${exitCode})\n${stdout}${stderr}`
  }
  return stable(text)
}
