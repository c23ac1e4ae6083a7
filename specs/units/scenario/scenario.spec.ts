// Scenarios: read from recordings and from files of people, with every mistake named.

import { expect } from 'chai'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readScenario, ScenarioError } from '../../../src/scenario/read-scenario.ts'
import { splitWords } from '../../../src/scenario/split-words.ts'

const MINIMAL = 'manifest: "kind: Pod"\n'

describe('a scenario', () => {
  it('is read from YAML, with defaults for what is left out', () => {
    expect(readScenario(MINIMAL, 'dir/my.yaml').scenario).to.deep.equal({
      name: 'my',
      description: '',
      manifest: 'kind: Pod',
      steps: [],
      until: undefined,
      tailSeconds: 2,
      maxSeconds: 60,
    })
  })

  it('has steps of kubectl, of a shell and on the node', () => {
    const text = `${MINIMAL}steps:
- { when: { status: Running, t: 3 }, delaySeconds: 1.5, kubectl: exec p -- sh -c "exit 7" }
- { when: null, kubectl: [patch, pod, p], background: true }
- { shell: 'sleep 1 | cat', stdin: in }
- { node: restart-kubelet, seconds: 8, pod: p }
`
    const { steps } = readScenario(text, 'x.yaml').scenario
    expect(steps.map(({ action }) => action)).to.deep.equal([
      { is: 'kubectl', argv: ['exec', 'p', '--', 'sh', '-c', 'exit 7'] },
      { is: 'kubectl', argv: ['patch', 'pod', 'p'] },
      { is: 'shell', line: 'sleep 1 | cat', stdin: 'in' },
      { is: 'node', what: 'restart-kubelet', pod: 'p', seconds: 8 },
    ])
    expect(steps[0]).to.deep.include({
      when: { status: 'Running', t: 3 },
      delaySeconds: 1.5,
      background: false,
    })
    expect(steps[1]).to.deep.include({ when: undefined, background: true })
  })

  const MISTAKES: Record<string, string> = {
    'steps: []': 'x.yaml: manifest: expected a text, got nothing',
    'manifest: ""\nstep: []':
      'x.yaml: the scenario: unknown field step; known are name, description, manifest, steps, until, tailSeconds, maxSeconds',
    'manifest: ""\nsteps: [{ delaySeconds: 1 }]': 'x.yaml: steps[0]: expected one of kubectl, shell and node',
    'manifest: ""\nsteps: [{ shell: a, kubectl: b }]':
      'x.yaml: steps[0]: expected one of kubectl, shell and node',
    'manifest: ""\nsteps: [{ node: explode }]':
      'x.yaml: steps[0].node: expected one of kill-sandbox, restart-kubelet, start-kubelet, stop-kubelet',
    'manifest: ""\nuntil: { stat: x }':
      'x.yaml: until: unknown field stat; known are pod, status, ready, restarts, gone, t, timeout',
    'manifest: ""\nmaxSeconds: soon': 'x.yaml: maxSeconds: expected a number, got "soon"',
    'just text': 'x.yaml: a scenario: expected an object, got "just text"',
  }
  for (const [text, message] of Object.entries(MISTAKES)) {
    it(`is refused: ${message}`, () => {
      expect(() => readScenario(text, 'x.yaml')).to.throw(ScenarioError, message)
    })
  }

  it('is read from every reference recording', function () {
    const folder = fileURLToPath(new URL('../../../../shared/recordings', import.meta.url))
    if (!existsSync(folder)) this.skip() // the reference recordings lie beside the repository
    const files = readdirSync(folder).filter((file) => /^[^.]+\.json$/.test(file))
    for (const file of files) {
      const text = readFileSync(`${folder}/${file}`, 'utf8')
      const { scenario } = readScenario(text, file)
      const { scenario: written } = JSON.parse(text) as { scenario: { steps: unknown[] } }
      expect(scenario.steps, file).to.have.length(written.steps.length)
    }
    expect(files).to.have.length(88)
  })
})

describe('words of a command line', () => {
  const LINES: Record<string, string[]> = {
    'get pods  -o wide': ['get', 'pods', '-o', 'wide'],
    'exec p -- sh -c "exit 7"': ['exec', 'p', '--', 'sh', '-c', 'exit 7'],
    'patch -p \'{"a": 1}\'': ['patch', '-p', '{"a": 1}'],
    'a"b c"d': ['ab cd'],
    [String.raw`a\ b "x\"y\z"`]: ['a b', String.raw`x"y\z`],
    '""': [''],
  }
  for (const [line, words] of Object.entries(LINES)) {
    it(`are split: ${line}`, () => expect(splitWords(line)).to.deep.equal(words))
  }
})
