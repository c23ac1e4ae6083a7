// podproof init --docs: finds the pages on which kubectl is typed, and writes the workflow that keeps them true.

import { expect } from 'chai'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { runPodproof } from '../../support/run-podproof.ts'

const WORKFLOW = '.github/workflows/verify-pages.yml'
const PAGE = '```console\n$ kubectl get pods\n```\n'

describe('podproof init --docs', () => {
  let folder: string

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'podproof-init-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  function write(path: string, text: string): void {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  /** What the step of the workflow runs. */
  function command(): string {
    const { jobs } = parse(readFileSync(join(folder, WORKFLOW), 'utf8')) as {
      readonly jobs: { readonly verify: { readonly steps: readonly { readonly run?: string }[] } }
    }
    return jobs.verify.steps.at(-1)?.run ?? ''
  }

  it('verifies the pages with kubectl, and no others', async () => {
    write('docs/pods.md', PAGE)
    write("docs/the pod's.md", PAGE)
    write('README.md', 'kubectl is a program.\n')
    write('node_modules/x/README.md', PAGE)
    const { code, stdout } = await runPodproof(['init', '--docs'], { cwd: folder })
    expect(code).to.equal(0)
    expect(stdout).to.equal(
      `2 pages with kubectl: docs/pods.md, docs/the pod's.md\nwritten: ${WORKFLOW}\nnext: podproof verify docs/pods.md\n`,
    )
    expect(command()).to.equal(`npx --yes podproof verify docs/pods.md 'docs/the pod'\\''s.md'`)
  })

  it('leaves a workflow alone that is there', async () => {
    write('pods.md', PAGE)
    write(WORKFLOW, 'name: mine\n')
    const { stdout } = await runPodproof(['init', '--docs'], { cwd: folder })
    expect(stdout).to.contain(`left alone: ${WORKFLOW}`)
    expect(readFileSync(join(folder, WORKFLOW), 'utf8')).to.equal('name: mine\n')
  })

  it('writes nothing where there is no such page', async () => {
    const { code, stderr } = await runPodproof(['init', '--docs'], { cwd: folder })
    expect([code, existsSync(join(folder, WORKFLOW))]).to.deep.equal([2, false])
    expect(stderr).to.match(/no Markdown page .* on which kubectl is typed/)
  })

  it('says what it can set up', async () => {
    const { code, stderr } = await runPodproof(['init'], { cwd: folder })
    expect(code).to.equal(2)
    expect(stderr).to.contain('--docs sets up the verification of pages')
  })
})
