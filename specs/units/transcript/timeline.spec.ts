// The timeline of a page: every span that it tells lies between two instants, and the fewest are given up.

import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { readPage } from '../../../src/transcript/read.ts'
import { schedulePage } from '../../../src/transcript/timeline/schedule.ts'
import { solve } from '../../../src/transcript/timeline/difference-constraints.ts'

function between(from: string, to: string, leastMs: number, mostMs = Infinity) {
  return { from, to, leastMs, mostMs }
}

function page(...lines: string[]) {
  return readPage('page.md', ['```console', ...lines, '```', ''].join('\n'))
}

describe('a system of difference constraints', () => {
  it('is solved by the earliest instants', () => {
    const solution = solve(
      [between('start', 'a', 5, 6), between('a', 'b', 10, 20), between('start', 'b', 18)],
      'start',
    )
    expect(solution.isPossible && [...solution.atMs]).to.deep.equal([
      ['start', 0],
      ['a', 5],
      ['b', 18],
    ])
  })

  it('names a contradiction', () => {
    const solution = solve(
      [between('start', 'a', 5, 6), between('a', 'b', 10), between('start', 'b', 3, 9)],
      'start',
    )
    expect(
      solution.isPossible ? [] : solution.conflict.map(({ from, to }) => `${from}-${to}`),
    ).to.have.members(['start-a', 'a-b', 'start-b'])
  })
})

describe('the timeline of a page', () => {
  const created = ['$ kubectl create -f p.yaml', 'pod/p created']
  const row = (status: string, age: string) => [
    '$ kubectl get po',
    'NAME  READY  STATUS  RESTARTS  AGE',
    `p  1/1  ${status}  0  ${age}`,
  ]

  it('takes an output when the object is as old as the page says', () => {
    const { atMs, leftOver } = schedulePage(page(...created, ...row('Running', '21s')))
    expect(leftOver).to.deep.equal([])
    expect((atMs.get('printed 1') ?? 0) - (atMs.get('created pod/p') ?? 0)).to.equal(21_000)
  })

  it('gives up an age that runs backwards, and says against which line', () => {
    const { leftOver } = schedulePage(
      page(...created, ...row('Running', '5m4s'), ...row('Running', '3m21s'), ...row('Running', '3m40s')),
    )
    expect(
      leftOver.map(({ line, against }) => [line.line, against.map((other) => other.line)]),
    ).to.deep.equal([[6, [9]]])
  })

  it('knows that a name which is created again is another object', () => {
    const { leftOver } = schedulePage(
      page(...created, ...row('Running', '5m'), ...created, ...row('Running', '3s')),
    )
    expect(leftOver).to.deep.equal([])
  })

  it('counts what a command sleeps', () => {
    const { leftOver } = schedulePage(
      page(
        ...created,
        '$ sleep 30; kubectl get po',
        'NAME  READY  STATUS  RESTARTS  AGE',
        'p  1/1  Running  0  9s',
      ),
    )
    expect(leftOver).to.have.length(1)
  })

  it('finds that 5m4s contradicts 3m21s on the page about the lifecycle of Pods, whose docker ps sides with the latter', function () {
    const text = sharedPage('pod-lifecycle.zh.md')
    if (text === undefined) this.skip()
    const { leftOver } = schedulePage(readPage('pod-lifecycle.zh.md', text))
    expect(
      leftOver.map(({ line, text: span, against }) => [line.line, span, against.map((other) => other.line)]),
    ).to.deep.equal([[179, '5m4s', [216]]])
  })
})

/** A page of the reference material beside the checkout; undefined where that is missing. */
function sharedPage(name: string): string | undefined {
  try {
    return readFileSync(new URL(`../../../../shared/documents/${name}`, import.meta.url), 'utf8')
  } catch {
    return undefined
  }
}
