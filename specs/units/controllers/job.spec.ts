// How Jobs run to their end, and CronJobs start them.

import { expect } from 'chai'
import { cronJobController } from '../../../src/simulator/controllers/cron-job.ts'
import { formatIndexes, parseIndexes } from '../../../src/simulator/controllers/job/indexes.ts'
import { jobController } from '../../../src/simulator/controllers/job/job.ts'
import { serviceAccountController } from '../../../src/simulator/controllers/service-account.ts'
import { ttlAfterFinishedController } from '../../../src/simulator/controllers/ttl-after-finished.ts'
import { cronJob } from '../../../src/simulator/kinds/cron-job.ts'
import { job } from '../../../src/simulator/kinds/job/job.ts'
import type { Pod } from '../../../src/simulator/kinds/pod/pod.ts'
import { pod } from '../../../src/simulator/kinds/pod/pod.ts'
import { controlPlane } from './control-plane.ts'
import { pretendNode, template } from './pretended-node.ts'

const REF = { namespace: 'default', name: 'work' }

function plane(spec: object, endOf: (pod: Pod) => number | undefined = () => 0) {
  const made = controlPlane([
    cronJobController,
    jobController,
    serviceAccountController,
    ttlAfterFinishedController,
  ])
  pretendNode(made, endOf)
  made.create(job, 'work', { spec: { template: template({}, { restartPolicy: 'Never' }), ...spec } })
  return {
    ...made,
    status: () => made.registry.get(job, REF).status ?? {},
    conditions: () =>
      (made.registry.get(job, REF).status?.conditions ?? []).map(({ type, reason }) => `${type} ${reason}`),
  }
}

const index = ({ metadata }: Pod) =>
  Number(metadata.annotations?.['batch.kubernetes.io/job-completion-index'])

describe('a Job', () => {
  it('runs as many Pods at once as it may, until enough have succeeded', () => {
    const { pass, status, conditions, names } = plane({ completions: 3, parallelism: 2 })
    pass(500)
    expect(names(pod)).to.have.length(2)
    pass(20_000)
    expect(status()).to.include({ succeeded: 3, ready: 0, terminating: 0 })
    expect(conditions()).to.deep.equal([
      'SuccessCriteriaMet CompletionsReached',
      'Complete CompletionsReached',
    ])
  })

  it('waits longer before each new try, and gives up beyond its back-off limit', () => {
    const { pass, status, conditions, messages } = plane({ backoffLimit: 1 }, () => 1)
    pass(9_000)
    expect(status().failed).to.equal(1)
    pass(10_000)
    expect(status().failed).to.equal(2)
    expect(conditions()).to.deep.equal(['FailureTarget BackoffLimitExceeded', 'Failed BackoffLimitExceeded'])
    expect(messages()).to.include('BackoffLimitExceeded: Job has reached the specified backoff limit')
  })

  it('ends its Pods at its deadline', () => {
    const { pass, conditions, names } = plane({ activeDeadlineSeconds: 5 }, () => undefined)
    pass(4_000)
    expect(names(pod)).to.have.length(1)
    pass(6_000)
    expect(conditions()).to.deep.equal(['FailureTarget DeadlineExceeded', 'Failed DeadlineExceeded'])
  })

  it('counts indexes, each with its own failures', () => {
    const spec = { completions: 3, parallelism: 3, completionMode: 'Indexed', backoffLimitPerIndex: 0 }
    const { pass, status, conditions } = plane(spec, (one) => Number(index(one) === 1))
    pass(20_000)
    expect(status()).to.include({ completedIndexes: '0,2', failedIndexes: '1', succeeded: 2, failed: 1 })
    expect(conditions()).to.include('Failed FailedIndexes')
  })

  it('fails at once for an exit code that its policy names', () => {
    const rules = [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }]
    const { pass, messages } = plane({ podFailurePolicy: { rules } }, () => 42)
    pass(20_000)
    expect(
      messages().some((text) =>
        /^PodFailurePolicy: Container c for pod default\/work-\w+ failed with exit code 42 matching FailJob rule at index 0$/.test(
          text,
        ),
      ),
    ).to.equal(true)
  })

  it('is enough with the indexes that its success policy names', () => {
    const spec = {
      completions: 2,
      parallelism: 2,
      completionMode: 'Indexed',
      successPolicy: { rules: [{ succeededIndexes: '0' }] },
    }
    const { pass, conditions } = plane(spec, (one) => (index(one) === 0 ? 0 : undefined))
    pass(20_000)
    expect(conditions()).to.deep.equal(['SuccessCriteriaMet SuccessPolicy', 'Complete SuccessPolicy'])
  })

  it('makes no Pods while it is suspended', () => {
    const { pass, registry, names, conditions } = plane({ suspend: true })
    pass(5_000)
    expect(names(pod)).to.deep.equal([])
    registry.change(job, REF, (old) => ({ ...old, spec: { ...old.spec, suspend: false } }) as typeof old)
    pass(10_000)
    expect(conditions()).to.deep.equal([
      'Suspended JobResumed',
      'SuccessCriteriaMet CompletionsReached',
      'Complete CompletionsReached',
    ])
  })

  it('keeps an ended Pod until it has counted it', () => {
    const { pass, registry } = plane({})
    pass(1_500)
    const finalizers = () => registry.list(pod).map(({ metadata }) => metadata.finalizers ?? [])
    expect(finalizers()).to.deep.equal([['batch.kubernetes.io/job-tracking']])
    pass(5_000)
    expect(finalizers()).to.deep.equal([[]])
  })

  it('is deleted some time after its end, its Pods first, if it says so', () => {
    const { pass, registry } = plane({ ttlSecondsAfterFinished: 2 })
    const finalizers = () => registry.get(job, REF).metadata.finalizers
    pass(3_500)
    expect(finalizers()).to.equal(undefined)
    pass(4_500)
    expect(finalizers()).to.deep.equal(['foregroundDeletion'])
  })
})

describe('a CronJob', () => {
  it('starts a Job every minute, named by the minute, and keeps the last ones', () => {
    const { create, pass, names, messages } = plane({})
    const jobTemplate = { spec: { template: template({}, { restartPolicy: 'Never' }) } }
    create(cronJob, 'tick', { spec: { schedule: '* * * * *', successfulJobsHistoryLimit: 2, jobTemplate } })
    pass(250_000)
    const minute = Date.UTC(2026, 0, 1) / 60_000
    expect(names(job).filter((name) => name.startsWith('tick'))).to.deep.equal([
      `tick-${minute + 3}`,
      `tick-${minute + 4}`,
    ])
    expect(messages()).to.include(
      `SawCompletedJob: Saw completed job: tick-${minute + 1}, condition: Complete`,
    )
  })
})

describe('indexes', () => {
  for (const text of ['', '0', '0,2', '0,1', '0-2,5', '1,3-7']) {
    it(`are read and written again as ${JSON.stringify(text)}`, () => {
      expect(formatIndexes(parseIndexes(text))).to.equal(text)
    })
  }
})
