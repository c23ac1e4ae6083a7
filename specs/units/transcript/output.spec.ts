// Whole outputs, by the form that the command gives them.

import { expect } from 'chai'
import { Bindings } from '../../../src/transcript/compare/bindings.ts'
import type { Surroundings } from '../../../src/transcript/compare/line.ts'
import { compareOutput } from '../../../src/transcript/compare/output.ts'
import { inSeenWords } from '../../../src/transcript/compare/seen-words.ts'
import { isOnItsWay } from '../../../src/transcript/run/on-its-way.ts'
import type { CommandStep } from '../../../src/transcript/page.ts'
import { outputForm } from '../../../src/transcript/run/output-form.ts'

const surroundings: Surroundings = { nodeNames: ['node-1'], namespace: 'default', spansAgree: () => true }

function step(source: string, page: readonly string[]): CommandStep {
  const lines = page.map((text, index) => ({ text, line: index + 1, offset: 0 }))
  const expected = { lines, isSimilar: false, sharedWith: 0 }
  return {
    kind: 'command',
    terminal: 'main',
    isInContainer: false,
    source,
    line: 1,
    expected,
    isInterrupted: false,
  }
}

/** What differs, in the page's words. */
function differences(source: string, page: readonly string[], seen: readonly string[]): string[] {
  const { expected } = step(source, page)
  if (!expected) throw new Error('expected an output')
  const output = { lines: seen.map((text) => ({ text, stream: 'stdout' as const })) }
  return compareOutput(expected, output, outputForm(source), new Bindings(), surroundings).differences.map(
    (difference) => difference.expected,
  )
}

const ENVIRONMENT = ['HOSTNAME=web', 'GREETING=hello', 'NAME=world']
const LISTING = [
  'total 4',
  'drwxr-xr-x 1 root 2000 4096 Nov 24 20:08 .',
  '-rw-r--r-- 1 1000 2000 6 Nov 24 20:08 file',
]
const POD = [
  'spec:',
  '  containers:',
  '  - image: nginx',
  '    name: one',
  '    resources:',
  '      requests:',
  '        memory: 200Mi',
  '  - image: redis',
  '    name: two',
  '    resources: {}',
  'status:',
  '  qosClass: Burstable',
]

describe('an output', () => {
  const cases: readonly [title: string, source: string, page: string[], seen: string[], wrong: string[]][] = [
    [
      'of an environment has no order',
      'kubectl exec web -- printenv',
      ENVIRONMENT.toReversed(),
      ENVIRONMENT,
      [],
    ],
    ['of an environment may be elided', 'env', ['NAME=world', '...'], ENVIRONMENT, []],
    ['of an environment must have the values', 'env', ['NAME=you', '...'], ENVIRONMENT, ['NAME=you']],
    [
      'of an environment is whole unless elided',
      'env',
      ['NAME=world', 'GREETING=hello'],
      ENVIRONMENT,
      ['GREETING=hello'],
    ],
    ['of ls may stand in columns', 'ls', ['password  username'], ['password', 'username'], []],
    ['of ls must have the names', 'ls', ['password  user'], ['password', 'username'], ['password  user']],
    [
      'of ls -l may leave out what says nothing of a file',
      'ls -la',
      ['-rw-r--r-- 1 1000 2000 6 Jun  6 20:08 file'],
      LISTING,
      [],
    ],
    [
      'of ls -l must have owner and size',
      'ls -la',
      ['-rw-r--r-- 1 1000 3000 6 Jun  6 20:08 file'],
      LISTING,
      ['-rw-r--r-- 1 1000 3000 6 Jun  6 20:08 file'],
    ],
    [
      'of YAML may leave out the dash of a list item, and go on in it',
      'kubectl get pod x -o yaml',
      [
        'spec:',
        '  containers:',
        '    ...',
        '    name: two',
        '    resources: {}',
        '  ...',
        'status:',
        '  qosClass: Burstable',
      ],
      POD,
      [],
    ],
    [
      'of YAML must have the value in that item',
      'kubectl get pod x -o yaml',
      ['spec:', '  containers:', '    ...', '    name: one', '    resources: {}'],
      POD,
      ['resources: {}'],
    ],
    [
      'of labels may be elided, in any order',
      'kubectl get nodes --show-labels',
      ['NAME  STATUS  LABELS', 'worker0  Ready  ...,disktype=ssd'],
      ['NAME    STATUS   LABELS', 'node-1  Ready    arch=amd64,disktype=ssd,os=linux'],
      [],
    ],
    [
      'of processes has numbers of its own',
      'ps ax',
      ['PID   USER     TIME  COMMAND', '    1 root      0:00 /pause', '   21 root      0:00 ps ax', '...'],
      [
        'PID   USER     TIME  COMMAND',
        '    1 root      0:00 /pause',
        '    7 root      0:02 sh',
        '    9 root      0:00 ps ax',
      ],
      [],
    ],
    [
      'of kubectl may be older than its "(3s ago)"',
      'kubectl get pod x',
      ['NAME  READY  STATUS  RESTARTS  AGE', 'x  1/1  Running  1  1m'],
      ['NAME  READY  STATUS   RESTARTS     AGE', 'x     1/1    Running  1 (3s ago)   78s'],
      [],
    ],
  ]
  for (const [title, source, page, seen, wrong] of cases)
    it(title, () => expect(differences(source, page, seen)).to.deep.equal(wrong))
})

describe('an output that is not yet there', () => {
  const header = 'NAME  READY  STATUS  RESTARTS  AGE'
  const running = [header, 'x  1/1  Running  0  5s']
  const cases: readonly [
    title: string,
    source: string,
    page: string[],
    seen: string[],
    isAwaited: boolean,
  ][] = [
    [
      'is awaited while a Pod starts',
      'kubectl get pods',
      running,
      [header, 'x  0/1  ContainerCreating  0  5s'],
      true,
    ],
    [
      'is not awaited from a state that stays',
      'kubectl get pods',
      running,
      [header, 'x  1/1  Error  0  5s'],
      false,
    ],
    [
      'is awaited while restarts are fewer',
      'kubectl get pods',
      [header, 'x  1/1  Running  2  5s'],
      running,
      true,
    ],
    [
      'is not awaited once there are more',
      'kubectl get pods',
      running,
      [header, 'x  1/1  Running  3  5s'],
      false,
    ],
    ['is awaited while a log has fewer lines', 'kubectl logs x', ['a', 'b'], ['a'], true],
    ['is not awaited from a log with other words', 'kubectl logs x', ['a'], ['b'], false],
    ['is not awaited from another number', 'kubectl get pods --no-headers | wc -l', ['2'], ['1'], false],
  ]
  for (const [title, source, page, seen, isAwaited] of cases) {
    it(title, () => {
      const lines = seen.map((text) => ({ text }))
      expect(isOnItsWay(step(source, page), lines, [])).to.equal(isAwaited)
    })
  }
})

describe('a command of a page', () => {
  const bindings = [
    ['suffix', 'b2zdv', 'x7k2p'],
    ['address', '10.1.2.3', '10.244.0.9'],
    ['pid', '8', '2'],
  ].reduce(
    (bound, [kind = '', page = '', seen = '']) => bound.unify(kind as 'pid', page, seen) ?? bound,
    new Bindings(),
  )
  const cases: readonly [page: string, typed: string][] = [
    ['kubectl get pod frontend-b2zdv -o yaml', 'kubectl get pod frontend-x7k2p -o yaml'],
    ['wget -qO- 10.1.2.3:80', 'wget -qO- 10.244.0.9:80'],
    ['kill -HUP 8', 'kill -HUP 2'],
    ['head -n 8 /proc/8/root/etc/hosts', 'head -n 8 /proc/2/root/etc/hosts'],
    ['kubectl scale rs web --replicas=8', 'kubectl scale rs web --replicas=8'],
  ]
  for (const [page, typed] of cases)
    it(`is typed as the cluster says it: ${page}`, () => expect(inSeenWords(page, bindings)).to.equal(typed))
})
