// The API server's port as Pods find it.

import { expect } from 'chai'
import type { PodSpec } from '../../../src/pod/json.ts'
import { PodRun } from '../kubelet/pod-run.ts'

const spec = (command: string): PodSpec => ({
  restartPolicy: 'Never',
  containers: [{ name: 'main', image: 'busybox:1.28', command: ['sh', '-c', command] }],
})

async function logOf(command: string): Promise<string> {
  const run = await new PodRun(spec(command)).until(8)
  const lines = run.node.log(run.pod.metadata?.uid ?? '', 'main')
  return lines.map(({ text }) => text).join('\n')
}

describe('the API server', () => {
  it('takes the connections of Pods at the address of its Service', async () => {
    expect(await logOf('nc -z 10.96.0.1 443 && echo open')).to.contain('open')
  })

  it('tells who speaks plain HTTP that it speaks TLS', async () => {
    const said = await logOf('printf "GET / HTTP/1.0\\r\\n\\r\\n" | nc 10.96.0.1 443')
    expect(said).to.contain('Client sent an HTTP request to an HTTPS server.')
  })
})
