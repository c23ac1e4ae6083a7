// podproof test as a user runs it: exit codes, reports, configuration.

import { expect } from 'chai'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RunReport } from '../../../src/report/run-report.ts'
import { projectOf, specOf } from './fixtures.ts'
import { podproof } from './run.ts'

describe('podproof test', function () {
  this.timeout(180_000)

  it('ends with 0 when every claim held, writes the reports, and the same bytes again', () => {
    const project = projectOf({ 'a.spec.ts': specOf("expectPod('p').toStay('Pending').for('1m')") })
    try {
      const read = () => {
        const { status, stderr } = podproof(['test', 'a.spec.ts'], project.folder)
        expect(stderr).to.equal('')
        expect(status).to.equal(0)
        const folder = join(project.folder, 'reports/simulator')
        return readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')])
      }
      const first = read()
      expect(first.map(([file]) => file)).to.deep.equal(['report.html', 'report.json', 'report.md'])
      expect(read()).to.deep.equal(first)
    } finally {
      project.remove()
    }
  })

  it('ends with 1 when a claim failed, and prints the report as JSON if asked', () => {
    const project = projectOf({
      'a.spec.ts': specOf("expectPod('p').toShowStatus('Running', { within: '5s' })"),
    })
    try {
      const { status, stdout } = podproof(['test', 'a.spec.ts', '--json', '--seed', '7'], project.folder)
      expect(status).to.equal(1)
      const report = JSON.parse(stdout) as RunReport
      expect(report).to.include({ format: 'podproof.report/v1', seed: '7' })
      expect(report.tests.map(({ state, claims }) => [state, claims.length])).to.deep.equal([['failed', 1]])
    } finally {
      project.remove()
    }
  })

  it('goes by podproof.config.ts', () => {
    const project = projectOf({
      'claims.ts': specOf("expectPod('p').toShowStatus('Pending')"),
      'podproof.config.ts':
        "export default { specs: ['claims.ts'], reports: { folder: 'out', formats: ['junit'] } }\n",
    })
    try {
      expect(podproof(['test'], project.folder).status).to.equal(0)
      expect(readdirSync(join(project.folder, 'out/simulator'))).to.deep.equal(['junit.xml'])
    } finally {
      project.remove()
    }
  })

  it('ends with 2 when the configuration or a spec cannot be used', () => {
    const project = projectOf({
      'podproof.config.ts': "export default { clustr: 'simulator' }\n",
      'a.spec.ts': 'this is no spec\n',
    })
    try {
      const configured = podproof(['test', 'a.spec.ts'], project.folder)
      expect(configured.stderr).to.equal(
        'podproof: podproof.config.ts: clustr: there is no such field; did you mean cluster?\n',
      )
      expect(configured.status).to.equal(2)
    } finally {
      project.remove()
    }
  })

  it('names the spec that cannot be loaded', () => {
    const project = projectOf({ 'a.spec.ts': 'throw new Error("not today")\n' })
    try {
      const { status, stderr } = podproof(['test', 'a.spec.ts'], project.folder)
      expect(stderr).to.match(/^podproof: a\.spec\.ts cannot be loaded: Error: not today\n/)
      expect(status).to.equal(2)
      expect(existsSync(join(project.folder, 'reports'))).to.equal(false)
    } finally {
      project.remove()
    }
  })
})
