// A run as a report sees it: one duration that held, one that did not, a failure, a skip, and signs that markup must escape.

import type { DurationReport, RunReport, SegmentReport } from '../../../src/report/run-report.ts'

/** A segment that is known exactly, unless bounds are given. */
function segment(
  step: SegmentReport['step'],
  label: string,
  [from, to]: readonly [number, number],
  source: SegmentReport['source'],
  [leastMs, mostMs] = [to - from, to - from] as const,
): SegmentReport {
  return { step, label, from, to, ms: to - from, source, leastMs, mostMs }
}

const deletion: DurationReport = {
  label: 'delete vito-demo-po-nginx',
  pod: 'vito-demo-po-nginx',
  from: 4_635,
  to: 25_529,
  ms: 20_894,
  claimed: true,
  held: true,
  atLeastMs: 20_000,
  atMostMs: 31_000,
  cause: 'preStop',
  segments: [
    segment('kubelet', 'kubelet notice', [4_635, 4_642], 'event'),
    segment('preStop', 'preStop (nginx)', [4_642, 24_642], 'spec', [20_000, 20_411]),
    segment('TERM', 'TERM to exit (nginx)', [24_642, 24_847], 'kubelet timestamp', [0, 411]),
    segment('teardown', 'teardown', [24_847, 25_529], 'watch', [477, 888]),
  ],
}

const slowStart: DurationReport = {
  label: 'start myapp-pod',
  pod: 'myapp-pod',
  from: 12,
  to: 18_365,
  ms: 18_353,
  claimed: false,
  held: true,
  segments: [
    segment('scheduling', 'scheduling', [12, 24], 'watch'),
    segment('initContainer', 'init container (init-mydb)', [24, 18_365], 'event'),
  ],
}

export const sampleReport: RunReport = {
  format: 'podproof.report/v1',
  cluster: { name: 'simulator', version: 'v1.36.2' },
  seed: '1',
  tests: [
    {
      file: 'specs/lifecycle/vito.spec.ts',
      title: ['the life of vito-demo-po-nginx', 'takes at least the 20 s of preStop to delete'],
      state: 'passed',
      startedAt: '2026-01-01T00:00:00.000Z',
      claims: [
        { text: "expectPod('vito-demo-po-nginx').toShowStatus('Running')", held: true, askedAt: 0, at: 862 },
        {
          text: "expectPod('vito-demo-po-nginx').toBeDeleted({ atLeast: '20s', atMost: '31s' }).because('preStop')",
          held: true,
          askedAt: 4_635,
          at: 25_529,
        },
      ],
      durations: [deletion],
    },
    {
      file: 'specs/lifecycle/myapp.spec.ts',
      title: ['the life of myapp-pod', 'with <b>init</b> containers', 'runs | after both *Services* exist'],
      state: 'failed',
      failure: [
        "expectPod('myapp-pod').toShowStatus('Running') failed",
        '',
        '  Expected  Running within 1m',
        '  Received  Init:0/2',
        '  Because   init-myservice waits for Service "myservice", which does not exist (asked 29 times)',
        '',
      ].join('\n'),
      startedAt: '2026-01-01T00:00:00.000Z',
      claims: [
        { text: "expectPod('myapp-pod').toShowStatus('Running')", held: false, askedAt: 0, at: 60_000 },
      ],
      durations: [slowStart],
    },
    {
      file: 'specs/lifecycle/myapp.spec.ts',
      title: ['the life of myapp-pod', 'with <b>init</b> containers', 'lists its containers on the node'],
      state: 'skipped',
      reason: 'this cluster gives no access to its nodes',
      claims: [],
      durations: [],
    },
  ],
}
