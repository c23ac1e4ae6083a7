// podproof verify --watch: a page is verified again whenever it is saved, in place or by another file put there.

import { expect } from 'chai'
import { once } from 'node:events'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kubectl136, whyNoKubectl } from '../../support/kubectl.ts'
import { printed, startPodproof } from './run.ts'

const page = (output: string) => `\`\`\`console\n$ echo one\n${output}\n\`\`\`\n`

describe('podproof verify --watch', function () {
  this.timeout(60_000)
  let kubectlFile: string

  before(function () {
    const file = kubectl136()
    if (file === undefined) {
      console.log(`      skipped: ${whyNoKubectl()}`)
      this.skip()
    }
    kubectlFile = file
  })

  it('verifies a page again when it is saved', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'podproof-watch-'))
    const file = join(folder, 'page.md')
    writeFileSync(file, page('two'))
    const child = startPodproof(['verify', file, '--watch', '--kubectl', kubectlFile])
    const ended = once(child, 'exit')
    try {
      await printed(child, '0 held, 1 differed')
      writeFileSync(file, page('one'))
      await printed(child, '1 held, 0 differed')
      writeFileSync(join(folder, 'draft'), page('three'))
      renameSync(join(folder, 'draft'), file)
      await printed(child, '"one", not "three"')
      expect(child.exitCode).to.equal(null)
    } finally {
      child.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
