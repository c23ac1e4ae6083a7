// Manifests of a page that nobody applies are asked about all the same.

import { expect } from 'chai'
import { readPage } from '../../../src/transcript/read.ts'
import { validateManifests } from '../../../src/transcript/validate/manifests.ts'
import { onSimulator } from '../../support/simulated.ts'

const pod = (...lines: string[]) => ['apiVersion: v1', 'kind: Pod', 'metadata:', '  name: web', ...lines]
const CONTAINERS = ['spec:', '  containers:', '  - name: main', '    image: nginx']

async function findings(text: string): Promise<string[]> {
  const found: string[] = []
  await onSimulator('manifests of a page', async (session) => {
    for (const { lines, message } of await validateManifests(readPage('page.md', text), session))
      found.push(`${lines[0]?.line}: ${message}`)
  })
  return found
}

function block(...lines: string[]): string {
  return ['# Page', '', '```yaml', ...lines, '```', ''].join('\n')
}

describe('a manifest that no command applies', () => {
  it('may be right', async () => {
    expect(await findings(block(...pod(...CONTAINERS)))).to.deep.equal([])
  })

  it('is refused at the line of a field that does not exist', async () => {
    const [found] = await findings(block(...pod(...CONTAINERS.slice(0, 3), '    imagee: nginx')))
    expect(found).to.match(/^11: Pod "web": .*unknown field "spec\.containers\[0\]\.imagee"/)
  })

  it('is refused at the line of a value that is not allowed', async () => {
    const [found] = await findings(block(...pod(...CONTAINERS, '  restartPolicy: Sometimes')))
    expect(found).to.match(/^12: Pod "web": spec\.restartPolicy: .*Sometimes/)
  })

  it('is not asked about where a command applies it, or where it is a fragment', async () => {
    const wrong = pod(...CONTAINERS, '  restartPolicy: Sometimes')
    const applied = `${block(...wrong)}\n\`\`\`sh\nkubectl apply -f web.yaml\n\`\`\`\n`
    expect(await findings(applied)).to.deep.equal([])
    expect(await findings(block('restartPolicy: Sometimes'))).to.deep.equal([])
    expect(await findings(block(...wrong, '...'))).to.deep.equal([])
  })
})
