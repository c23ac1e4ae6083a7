// Where two runs of one scenario part, and by how much they may.

import { expect } from 'chai'
import { History } from '../../../src/history/history.ts'
import { compare, isAgreement } from '../../../src/scenario/compare.ts'
import { OF_TWINS } from '../../../src/scenario/tolerances.ts'

/** A Pod whose phases came at these seconds, and a line that its container wrote. */
function run(
  phases: readonly (readonly [atSeconds: number, phase: string])[],
  { line = 'hello', event = '', endSeconds = 60 } = {},
): History {
  const history = new History({
    name: 'run',
    description: '',
    cluster: { kind: 'simulator', version: 'v1.36.2' },
    namespace: 'n',
    startedAtMs: 0,
  })
  for (const [atSeconds, phase] of phases) {
    const object = {
      kind: 'Pod',
      metadata: { name: 'p', uid: 'u' },
      spec: { containers: [] },
      status: { phase },
    }
    history.record({ entry: 'change', atMs: atSeconds * 1_000, type: 'MODIFIED', object })
  }
  history.record({ entry: 'log', atMs: 1_000, pod: 'p', container: 'c', instance: 0, text: line })
  if (event !== '') {
    const object = { kind: 'Event', metadata: { name: 'e' }, type: 'Normal', reason: event, message: 'm' }
    history.record({ entry: 'change', atMs: 2_000, type: 'ADDED', object })
  }
  history.endAt(endSeconds * 1_000)
  return history
}

const LIFE = [
  [0, 'Pending'],
  [2, 'Running'],
  [30, 'Succeeded'],
] as const

const agree = (a: History, b: History) => isAgreement(compare(a, b, OF_TWINS))

describe('two runs', () => {
  const cases: readonly (readonly [what: string, a: History, b: History, doAgree: boolean])[] = [
    ['that are the same', run(LIFE), run(LIFE), true],
    [
      'whose intervals differ by two seconds',
      run(LIFE),
      run([LIFE[0], [4, 'Running'], [30, 'Succeeded']]),
      true,
    ],
    ['whose intervals differ by half', run(LIFE), run([LIFE[0], LIFE[1], [60, 'Succeeded']]), false],
    [
      'of which one showed a state for a second',
      run(LIFE),
      run([LIFE[0], [1, 'Unknown'], ...LIFE.slice(1)]),
      true,
    ],
    [
      'of which one showed a state for ten seconds',
      run(LIFE),
      run([...LIFE.slice(0, 2), [20, 'Unknown'], [30, 'Succeeded']]),
      false,
    ],
    [
      'of which one has ended before the other showed its end',
      run(LIFE),
      run(LIFE.slice(0, 2), { endSeconds: 29 }),
      false,
    ],
    [
      'of which one ended just when something came',
      run(LIFE, { endSeconds: 31 }),
      run(LIFE.slice(0, 2)),
      true,
    ],
    ['whose containers wrote different lines', run(LIFE), run(LIFE, { line: 'bye' }), false],
    ['of which one has an Event more', run(LIFE), run(LIFE, { event: 'Killing' }), false],
    ['of which one had to pull an image', run(LIFE), run(LIFE, { event: 'Pulling' }), true],
  ]
  for (const [what, a, b, doAgree] of cases)
    it(`${what} ${doAgree ? 'agree' : 'part'}`, () => {
      expect([agree(a, b), agree(b, a)]).to.deep.equal([doAgree, doAgree])
    })

  it('as recordings have to agree in more: in every state, and field by field', () => {
    const flicker = run([LIFE[0], [1, 'Unknown'], ...LIFE.slice(1)])
    const { pods, logs } = compare(run(LIFE, { line: 'hello' }), flicker)
    expect(pods[0]?.rows.filter(({ aMs }) => aMs === undefined).map(({ text }) => text)).to.deep.equal([
      '0/0 Unknown 0',
    ])
    expect(logs).to.deep.equal([])
  })
})
