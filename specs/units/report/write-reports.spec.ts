// Reports on disk: whole files or none.

import { expect } from 'chai'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { writeFileAtomically } from '../../../src/report/atomic-write.ts'
import { writeReports } from '../../../src/report/write-reports.ts'
import { sampleReport } from './sample-report.ts'

describe('writing reports', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'podproof-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('makes a folder for each cluster and writes the wanted formats', () => {
    const cluster = { name: 'kubeconfig:prod/eu', version: 'v1.36.2' }
    const paths = writeReports({ ...sampleReport, cluster }, folder, ['markdown', 'json'])
    expect(paths.map((path) => relative(folder, path))).to.deep.equal([
      'kubeconfig-prod-eu/report.json',
      'kubeconfig-prod-eu/report.md',
    ])
  })

  it('writes the same bytes twice', () => {
    const read = () =>
      writeReports(sampleReport, folder, ['html', 'json', 'junit', 'markdown']).map((path) =>
        readFileSync(path, 'utf8'),
      )
    expect(read()).to.deep.equal(read())
  })

  it('leaves no draft behind when the target cannot be replaced', () => {
    mkdirSync(join(folder, 'taken'))
    expect(() => writeFileAtomically(join(folder, 'taken'), 'text')).to.throw()
    expect(readdirSync(folder)).to.deep.equal(['taken'])
  })
})
