// How the verdicts on a page are shown: to people, to machines, and beside the lines of a change.

import { expect } from 'chai'
import picocolors from 'picocolors'
import { pageAsAnnotations } from '../../../src/transcript/show/annotations.ts'
import { pageAsJson } from '../../../src/transcript/show/json.ts'
import { showPage } from '../../../src/transcript/show/terminal.ts'
import type { CommandStep } from '../../../src/transcript/page.ts'
import type { CommandVerdict, PageVerdict } from '../../../src/transcript/verdict.ts'

const line = { text: 'web   1/1   Running', line: 12, offset: 100 }

function step(source: string, at: number): CommandStep {
  const expected = { lines: [line], isSimilar: false, sharedWith: 0 }
  return {
    kind: 'command',
    terminal: 'main',
    isInContainer: false,
    source,
    line: at,
    expected,
    isInterrupted: false,
  }
}

const plain: Omit<CommandVerdict, 'step' | 'verdict'> = {
  reason: undefined,
  likely: undefined,
  differences: [],
  seen: undefined,
  drift: [],
  atMs: undefined,
  tookMs: undefined,
}

const page: PageVerdict = {
  path: 'docs/web.md',
  commands: [
    {
      ...plain,
      step: step('kubectl apply -f web.yaml', 8),
      verdict: 'holds',
      seen: ['pod/web created'],
      drift: ['1.34'],
    },
    {
      ...plain,
      step: step('kubectl get pod web', 11),
      verdict: 'differs',
      likely: 'false claim',
      reason: 'the Pod never becomes ready: its readiness probe fails',
      differences: [{ line, column: 'READY', expected: '1/1', seen: '0/1' }],
      seen: ['web 0/1 Running'],
    },
    {
      ...plain,
      step: step('minikube start', 2),
      verdict: 'not run',
      reason: 'minikube makes or changes a cluster',
    },
  ],
  findings: [{ lines: [line], message: '5m4s contradicts 3m21s' }],
}

describe('the verdicts on a page', () => {
  it('are shown with their places, without colours in brackets', () => {
    expect(showPage(page, picocolors.createColors(false), false)).to.equal(
      [
        'docs/web.md',
        '  ✓ docs/web.md:8  kubectl apply -f web.yaml',
        '      other words since 1.34',
        '  ✗ docs/web.md:11  kubectl get pod web',
        '      false claim: the Pod never becomes ready: its readiness probe fails',
        '      docs/web.md:12 READY  [-1-][+0+]/1',
        '  - docs/web.md:2  minikube start',
        '      minikube makes or changes a cluster',
        '  ✗ docs/web.md:12  5m4s contradicts 3m21s',
        '  1 held, 1 differed, 1 not run, 1 in other words, 1 contradiction of the page with itself',
        '',
      ].join('\n'),
    )
  })

  it('are annotations of the lines that differ', () => {
    expect(pageAsAnnotations(page)).to.deep.equal([
      '::error file=docs/web.md,line=12,title=podproof::the page says 1/1, the cluster 0/1',
      '::error file=docs/web.md,line=12,title=podproof::5m4s contradicts 3m21s',
    ])
  })

  it('are JSON with verdict, line, expected, seen and reason of every command', () => {
    const { commands, summary } = pageAsJson(page) as { commands: unknown[]; summary: unknown }
    expect(summary).to.deep.equal({ holds: 1, differs: 1, notRun: 1, drift: 1, findings: 1 })
    expect(commands[1]).to.deep.equal({
      line: 11,
      terminal: 'main',
      command: 'kubectl get pod web',
      verdict: 'differs',
      reason: 'the Pod never becomes ready: its readiness probe fails',
      likely: 'false claim',
      expected: 'web   1/1   Running',
      seen: 'web 0/1 Running',
      differences: [{ line: 12, column: 'READY', expected: '1/1', seen: '0/1' }],
    })
  })
})
