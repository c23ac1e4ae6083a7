// When an output says what the page says: by columns, words and spans of time.

import { expect } from 'chai'
import { Bindings } from '../../../src/transcript/compare/bindings.ts'
import { type Surroundings, unifyLine } from '../../../src/transcript/compare/line.ts'
import { unifySequence, unifyStretch } from '../../../src/transcript/compare/sequence.ts'
import { readTable, unifyTables } from '../../../src/transcript/compare/table.ts'
import type { SourceLine } from '../../../src/transcript/page.ts'

const surroundings: Surroundings = {
  nodeNames: ['node-1', 'node-2'],
  namespace: 'default',
  spansAgree: (page, seen) => Math.abs(page.ms - seen.ms) <= page.stepMs + seen.stepMs,
}

function agree(page: string, seen: string, bindings = new Bindings()): boolean {
  return unifyLine(page, seen, bindings, surroundings) !== undefined
}

function sourceLines(...texts: string[]): SourceLine[] {
  return texts.map((text, index) => ({ text, line: index + 1, offset: 0 }))
}

function tableDifferences(page: string[], seen: string[], isOrdered = false): string[] {
  const pageTable = readTable(sourceLines(...page), ({ text }) => text)
  const seenTable = readTable(seen, (text) => text)
  if (!pageTable || !seenTable) throw new Error('expected two tables')
  const rules = { isOrdered, mayHaveMore: false }
  return unifyTables(pageTable, seenTable, rules, new Bindings(), surroundings).differences.map(
    ({ column, page: expected, seen: got }) => `${column ?? 'row'}: ${expected} / ${got ?? 'nothing'}`,
  )
}

describe('a line of a page', () => {
  const cases: readonly [page: string, seen: string, agrees: boolean][] = [
    ['pod/a created', 'pod/a created', true],
    ['pod/a created', 'pod/b created', false],
    ['a   b', 'a b', true],
    ['ab', 'a b', false],
    ['IP: 10.1.2.3', 'IP: 10.244.0.9', true],
    ['exit code 1', 'exit code 2', false],
    ['cpu: 100m', 'cpu: 200m', false],
    ['Exited (0) 7 minutes ago', 'Exited (0) 7 minutes ago', true],
    ['Exited (0) 7 minutes ago', 'Exited (1) 7 minutes ago', false],
    ['Up 6 minutes', 'Up 9 minutes', false],
    ['real\t0m20.685s', 'real\t0m2.911s', false],
    ['Name: [...]', 'Name: web', true],
    ['Name: [...] x', 'Name: web y', false],
    ['web-7d4b8c6f9d-x7k2p Running', 'web-5c6bb8f7f9-zzk4d Running', true],
    ['web-7d4b8c6f9d-x7k2p Running', 'api-5c6bb8f7f9-zzk4d Running', false],
    ['assigned default/a to kind-worker', 'assigned default/a to node-2', true],
    ['Node: minikube/192.168.49.2', 'Node: node-1/192.0.2.2', true],
    ['Start: Mon, 02 Jan 2006 15:04:05 +0000', 'Start: Tue, 24 Nov 2026 20:00:00 +0100', true],
  ]
  for (const [page, seen, agrees] of cases) {
    it(`${agrees ? 'agrees' : 'disagrees'}: ${page} / ${seen}`, () => {
      expect(agree(page, seen)).to.equal(agrees)
    })
  }

  it('binds an address for good', () => {
    const bound = unifyLine('10.1.1.1', '10.2.2.2', new Bindings(), surroundings)
    expect(bound && agree('10.1.1.1', '10.2.2.2', bound)).to.equal(true)
    expect(bound && agree('10.1.1.1', '10.3.3.3', bound)).to.equal(false)
    expect(bound && agree('10.9.9.9', '10.2.2.2', bound)).to.equal(false)
  })
})

describe('an output of a page', () => {
  it('may leave lines out where it says so', () => {
    const page = sourceLines('a', '[...]', 'c')
    expect(unifySequence(page, ['a', 'b', 'b', 'c', ''], new Bindings(), surroundings).agrees).to.equal(true)
    expect(unifySequence(page, ['a', 'b', 'd'], new Bindings(), surroundings).agrees).to.equal(false)
  })

  it('names the first line that nothing matches', () => {
    const outcome = unifySequence(sourceLines('a', 'b', 'c'), ['a', 'x', 'c'], new Bindings(), surroundings)
    expect(outcome).to.deep.equal({ agrees: false, at: { text: 'b', line: 2, offset: 0 }, seen: 'x' })
  })

  it('of a log may begin and end anywhere, but has no gaps', () => {
    const stretch = (...page: string[]) =>
      unifyStretch(sourceLines(...page), ['a', 'b', 'a', 'c'], new Bindings(), surroundings).agrees
    expect([stretch('b', 'a'), stretch('a', 'c'), stretch('b', 'c')]).to.deep.equal([true, true, false])
  })
})

describe('a table of a page', () => {
  const seen = [
    'NAME   READY   STATUS    RESTARTS     AGE',
    'a      1/1     Running   1 (2s ago)   9s',
    'b      0/1     Error     0            4s',
  ]

  it('agrees whatever its spacing and the order of its rows', () => {
    const page = [
      'NAME  READY  STATUS  RESTARTS  AGE',
      'b  0/1  Error  0  5s',
      'a  1/1  Running  1 (3s ago)  10s',
    ]
    expect(tableDifferences(page, seen)).to.deep.equal([])
  })

  it('may lack columns that newer clients print', () => {
    expect(tableDifferences(['NAME   STATUS', 'a      Running', 'b      Error'], seen)).to.deep.equal([])
  })

  it('names the cell that differs', () => {
    const page = [seen[0] ?? '', 'a      1/1     Running   2 (2s ago)   9s', seen[2] ?? '']
    expect(tableDifferences(page, seen)).to.deep.equal(['RESTARTS: 2 (2s ago) / 1 (2s ago)'])
  })

  it('names rows that are missing and rows that are too many', () => {
    const page = [seen[0] ?? '', seen[1] ?? '']
    expect(tableDifferences(page, seen)).to.deep.equal(['row:  / b      0/1     Error     0            4s'])
    expect(tableDifferences(seen, page)).to.deep.equal([
      'row: b      0/1     Error     0            4s / nothing',
    ])
  })

  it('reads empty cells by their place', () => {
    const docker = [
      'CONTAINER ID   IMAGE          COMMAND      CREATED         STATUS         PORTS     NAMES',
      'e2d6ae6e7746   8c811b4aec35   "sleep 36…"   6 minutes ago   Up 6 minutes             k8s_a',
    ]
    const other = docker.map((line) => line.replace('"sleep 36…" ', '"sleep 3600"'))
    expect(tableDifferences(docker, other)).to.deep.equal([])
    expect(
      tableDifferences(
        docker,
        other.map((line) => line.replace('k8s_a', 'k8s_b')),
      ),
    ).to.deep.equal(['NAMES: k8s_a / k8s_b'])
  })
})
