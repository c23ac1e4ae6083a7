// Events below a description, in the columns of every version of kubectl.

import { expect } from 'chai'
import { Bindings } from '../../../src/transcript/compare/bindings.ts'
import { readEvents, unifyEvents } from '../../../src/transcript/compare/events.ts'
import type { Surroundings } from '../../../src/transcript/compare/line.ts'

const surroundings: Surroundings = {
  nodeNames: ['node-1'],
  namespace: 'default',
  spansAgree: (page, seen) => Math.abs(page.ms - seen.ms) <= 2_000,
}

const SEEN = [
  'Events:',
  '  Type     Reason     Age   From               Message',
  '  ----     ------     ----  ----               -------',
  '  Normal   Scheduled  57s   default-scheduler  Successfully assigned default/web to node-1',
  '  Normal   Pulled     57s   kubelet            spec.containers{main}: Container image "busybox:1.28" already present on machine and can be accessed by the pod',
  '  Normal   Created    57s   kubelet            spec.containers{main}: Container created',
  '  Normal   Started    57s   kubelet            spec.containers{main}: Container started',
  '  Warning  Unhealthy  10s (x3 over 20s)  kubelet  spec.containers{main}: Liveness probe failed: no',
]

const lines = (texts: readonly string[]) => texts.map((text, index) => ({ text, line: index + 1, offset: 0 }))

/** What the page says of events that is not so, and the versions whose other words it has. */
function compared(...page: string[]): { wrong: string[]; drift: readonly string[] } {
  const own = readEvents(lines(page))
  if (!own) throw new Error('expected events')
  const { differences, drift } = unifyEvents(own, readEvents(lines(SEEN)), new Bindings(), surroundings)
  return { wrong: differences.map(({ line }) => line.text), drift }
}

describe('events on a page', () => {
  const NONE: readonly [title: string, page: readonly string[]][] = [
    ['may be shown with their header', SEEN.slice(1, 5)],
    [
      'may stand in the columns of 1.6',
      [
        'FirstSeen  LastSeen  Count  From                  SubObjectPath           Type    Reason     Message',
        '57s        57s       1      {default-scheduler }                          Normal  Scheduled  Successfully assigned web to 10.1.2.3',
        '56s        56s       1      {kubelet 10.1.2.3}    spec.containers{main}   Normal  Created    Created container with docker id 5ced34a04634; Security:[seccomp=unconfined]',
      ],
    ],
    [
      'may name the node of the kubelet',
      [
        'Type    Reason   Age  From             Message',
        'Normal  Created  57s  kubelet, node01  Created container main',
      ],
    ],
    [
      'may be cut down to what matters',
      ['Reason     Message', '------     -------', 'Scheduled  Successfully assigned default/web to node-1'],
    ],
    ['may begin with an elision', ['... Normal  Created   Created container with id 66a3a20aa798']],
    [
      'may have pulled an image that lies on our node already',
      [
        'Type    Reason   Age  From     Message',
        'Normal  Pulling  55s  kubelet  Pulling image "busybox:1.28"',
        'Normal  Pulled   53s  kubelet  Successfully pulled image "busybox:1.28" in 1.2s',
      ],
    ],
  ]
  for (const [title, page] of NONE) it(title, () => expect(compared(...page).wrong).to.deep.equal([]))

  const WRONG: readonly [title: string, row: string][] = [
    ['must have the reason', 'Normal   Failed     57s   kubelet  Container created'],
    ['must have the type', 'Warning  Created    57s   kubelet  Container created'],
    ['must have the message', 'Warning  Unhealthy  10s   kubelet  Liveness probe failed: yes'],
    ['must be about as old', 'Normal   Created    5m    kubelet  Container created'],
    [
      'must name the image',
      'Normal   Pulled     57s   kubelet  Container image "nginx" already present on machine',
    ],
  ]
  for (const [title, row] of WRONG) {
    it(title, () => expect(compared('Type  Reason  Age  From  Message', row).wrong, row).to.deep.equal([row]))
  }

  it('keep their order', () => {
    const [, , , scheduled = '', , created = ''] = SEEN
    expect(compared('Type  Reason  Age  From  Message', created, scheduled).wrong).to.deep.equal([scheduled])
  })

  it('tell which versions have other words', () => {
    expect(
      compared('Type  Reason  Age  From  Message', 'Normal  Created  57s  kubelet  Created container main')
        .drift,
    ).to.deep.equal(['1.35'])
  })
})
