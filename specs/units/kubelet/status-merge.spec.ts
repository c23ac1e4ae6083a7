// What the API is told of a pod that ends.

import { expect } from 'chai'
import type { PodStatus } from '../../../src/pod/json.ts'
import { mergePodStatus } from '../../../src/simulator/kubelet/status/merge.ts'

const condition = (type: string, status: string) => ({ type, status })
const ended: PodStatus = {
  phase: 'Failed',
  reason: 'Evicted',
  conditions: [condition('Ready', 'True'), condition('DisruptionTarget', 'True')],
}
const stored: PodStatus = {
  phase: 'Running',
  conditions: [condition('Ready', 'True'), condition('mine', 'True')],
}
const merged = (couldHaveRunningContainers: boolean) =>
  mergePodStatus({ stored, status: ended, couldHaveRunningContainers })

describe('a status on its way to the API', () => {
  it('withholds the end while a container could still run', () => {
    const { phase, reason, conditions } = merged(true)
    expect({ phase, reason }).to.deep.equal({ phase: 'Running', reason: undefined })
    expect(conditions?.map(({ type }) => type)).to.deep.equal(['mine', 'Ready'])
  })
  it('shows the end, not ready, with its cause, once nothing runs', () => {
    const { phase, reason, conditions = [] } = merged(false)
    expect({ phase, reason }).to.deep.equal({ phase: 'Failed', reason: 'Evicted' })
    expect(conditions.map(({ type, status }) => `${type}=${status}`)).to.deep.equal([
      'mine=True', 'DisruptionTarget=True', 'Ready=False',
    ]) // prettier-ignore
  })
})
