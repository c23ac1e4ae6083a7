// An update rewrites what no longer holds, and leaves everything else byte for byte.

import { expect } from 'chai'
import { Bindings } from '../../../src/transcript/compare/bindings.ts'
import type { OutputForm } from '../../../src/transcript/compare/output.ts'
import type { Surroundings } from '../../../src/transcript/compare/line.ts'
import { readPage } from '../../../src/transcript/read.ts'
import { editedPage } from '../../../src/transcript/update/edits.ts'
import { updatedOutput } from '../../../src/transcript/update/output.ts'

const surroundings: Surroundings = {
  nodeNames: ['node-1'],
  namespace: 'default',
  spansAgree: (page, seen) => Math.abs(page.ms - seen.ms) <= 2_000,
}

/** Updates the first output of a page that shows `page`, when `seen` is printed. */
function updated(
  page: string,
  seen: readonly string[],
  form: OutputForm = 'plain',
  bindings = new Bindings(),
): string {
  const [step] = readPage('page.md', page).steps
  if (step?.kind !== 'command' || !step.expected) throw new Error('expected a command with an output')
  const output = { lines: seen.map((text) => ({ text, stream: 'stdout' as const })) }
  return editedPage(page, [
    { expected: step.expected, lines: updatedOutput(step.expected, output, form, bindings, surroundings) },
  ])
}

function block(...lines: string[]): string {
  return ['Text.', '', '```console', '$ kubectl something', ...lines, '```', '', 'More.', ''].join('\n')
}

describe('an update of a page', () => {
  const table = ['NAME   READY   STATUS    AGE   IP', 'web    1/1     Running   4s    10.1.2.3']

  it('changes nothing when everything holds', () => {
    const page = block(...table)
    expect(
      updated(page, [
        'NAME   READY   STATUS    RESTARTS   AGE   IP',
        'web    1/1     Running   0   5s   10.1.2.3',
      ]),
    ).to.equal(page)
  })

  it('puts a new cell below its column, and keeps the age, the address and the columns of the author', () => {
    const damaged = block(table[0] ?? '', 'web    1/1     Error   4s    10.1.2.3')
    const bindings = new Bindings().unify('address', '10.1.2.3', '10.244.0.7') ?? new Bindings()
    const seen = [
      'NAME   READY   STATUS    RESTARTS   AGE   IP',
      'web    1/1     Running   0          5s    10.244.0.7',
    ]
    expect(updated(damaged, seen, 'plain', bindings)).to.equal(block(...table))
  })

  it('adds rows that are missing and drops rows that are not there', () => {
    const seen = ['NAME   READY   STATUS    AGE   IP', 'web    1/1     Running   4s    10.1.2.3']
    expect(updated(block(...table, 'old    1/1     Running   4s    10.1.2.4'), seen)).to.equal(
      block(...table),
    )
    expect(
      updated(block(table[0] ?? '', 'old    1/1     Running   4s    10.1.2.4', table[1] ?? ''), seen),
    ).to.equal(block(...table))
  })

  it('keeps elisions', () => {
    expect(updated(block('a', '[...]', 'c'), ['a', 'b', 'd'])).to.equal(block('a', '[...]', 'd'))
  })

  it('takes the stretch of a log that is nearest', () => {
    expect(updated(block('two', 'three!'), ['one', 'two', 'three', 'four'], 'log')).to.equal(
      block('two', 'three'),
    )
  })

  it('keeps the indent of lists and quotes', () => {
    const page = '1. Look:\n\n   ```console\n   $ ls\n   a\n   b\n   ```\n'
    expect(updated(page, ['a', 'c', 'd'])).to.equal(
      '1. Look:\n\n   ```console\n   $ ls\n   a\n   c\n   d\n   ```\n',
    )
  })

  it('is made once and for all: a second update finds nothing to do', () => {
    const seen = [
      'NAME   READY   STATUS             RESTARTS   AGE',
      'web    0/1     CrashLoopBackOff   12         9s',
    ]
    const once = updated(block('NAME   READY   STATUS    AGE', 'web    1/1     Running   9s'), seen)
    expect(updated(once, seen)).to.equal(once)
  })
})
