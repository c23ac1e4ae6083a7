// Claims under mocha itself, with files one after the other and side by side.

import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { settingsOf } from '../../../src/mocha/settings.ts'
import { expectGolden } from '../../support/golden.ts'

const FIXTURES = ['first', 'second'].map((name) => `specs/units/mocha/fixtures/${name}.spec-fixture.ts`)

describe('claims under plain mocha', function () {
  this.timeout(180_000)
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'podproof-spec-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  it('are reported with their times, and fail their tests; one that is never awaited too', () => {
    const { stdout, status } = mocha(folder, [])
    expect(status).to.equal(2)
    expectGolden(withoutHost(stdout, folder), new URL('golden/plain-mocha.txt', import.meta.url))
  })

  it('are reported alike when the files run in parallel, and nothing is left behind', () => {
    const before = spools()
    const report = readFileSync(join(folder, 'simulator/report.json'), 'utf8')
    const { status } = mocha(folder, ['--parallel', '--jobs', '2'])
    expect(status).to.equal(2)
    expect(readFileSync(join(folder, 'simulator/report.json'), 'utf8')).to.equal(report)
    expect(spools()).to.deep.equal(before)
  })
})

/** Where workers hand their notes to the reporter. */
function spools(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('podproof-spool-'))
}

function mocha(reportsFolder: string, args: readonly string[]) {
  const settings = { ...settingsOf({}), specs: FIXTURES, reportsFolder }
  const hooks = ['--require', './src/mocha/root-hooks.ts', '--reporter', './src/mocha/reporter.ts']
  const bin = [
    '--import=tsx',
    'node_modules/mocha/bin/mocha.js',
    '--no-config',
    '--timeout',
    '60000',
    ...hooks,
  ]
  const { FORCE_COLOR: _color, ...environment } = process.env
  const env = {
    ...environment,
    NO_COLOR: '1',
    PODPROOF_SETTINGS: JSON.stringify(settings),
  }
  return spawnSync(process.execPath, [...bin, ...args, ...FIXTURES], { encoding: 'utf8', env })
}

/** The text without what differs between two machines. */
function withoutHost(text: string, folder: string): string {
  return text.replaceAll(folder, '<folder>').replaceAll(/\d+\.\ds of wall time/g, '<n>s of wall time')
}
