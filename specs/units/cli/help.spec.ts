// What podproof says of itself, and of command lines that mean nothing.

import { expect } from 'chai'
import { readdirSync } from 'node:fs'
import { runCommandLine } from '../../../src/cli/command-line.ts'
import { VERBS } from '../../../src/cli/verbs.ts'
import { expectGolden } from '../../support/golden.ts'

describe('the command line', () => {
  it('knows its verbs by name, in order', () => {
    const names = VERBS.map(({ name }) => name)
    expect(names).to.deep.equal(names.toSorted())
    const files = readdirSync(new URL('../../../src/cli/', import.meta.url))
    expect(files).to.include.members(names.map((name) => `${name}.ts`))
  })

  for (const [args, file] of [
    [['--help'], 'help.txt'],
    [['help', 'test'], 'help-test.txt'],
  ] as const) {
    it(`teaches: podproof ${args.join(' ')}`, async () => {
      const { status, stdout } = await podproof(args)
      expect(status).to.equal(0)
      expectGolden(stdout, new URL(`golden/${file}`, import.meta.url))
    })
  }

  const mistakes: readonly (readonly [readonly string[], string])[] = [
    [['tset'], "error: unknown command 'tset'\n(Did you mean test?)"],
    [['test', '--sed', '7'], "error: unknown option '--sed'\n(Did you mean --seed?)"],
    [['test', '--cluster', 'sim'], 'podproof: --cluster sim is not known; did you mean simulator?'],
    [['test', '--timeout', '90'], 'podproof: --timeout 90: expected a duration such as 30s or 1m30s'],
    [['test', '--grep', '('], 'podproof: --grep (: Invalid regular expression'],
    [
      ['test', 'specs/lifecycle/hoks.spec.ts'],
      'podproof: no spec is named by specs/lifecycle/hoks.spec.ts; did you mean specs/lifecycle/hooks.spec.ts?',
    ],
  ]
  for (const [args, message] of mistakes) {
    it(`podproof ${args.join(' ')} is a mistake, and ends with 2`, async () => {
      const { status, stderr } = await podproof(args)
      expect(stderr).to.include(message)
      expect(status).to.equal(2)
    })
  }
})

/** Carries out a command line in this process. */
async function podproof(args: readonly string[]) {
  let stdout = ''
  let stderr = ''
  const status = await runCommandLine(args, {
    out: (text) => (stdout += text),
    err: (text) => (stderr += text),
  })
  return { status, stdout, stderr }
}
