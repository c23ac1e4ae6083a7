// When a command may be typed: by the page's spans, and by what has happened so far.

import { expect } from 'chai'
import { readPage } from '../../../src/transcript/read.ts'
import { Plan } from '../../../src/transcript/timeline/plan.ts'
import { schedulePage } from '../../../src/transcript/timeline/schedule.ts'

const header = 'NAME  READY  STATUS  RESTARTS  AGE'

function planOf(...lines: string[]): Plan {
  return new Plan(schedulePage(readPage('page.md', ['```console', ...lines, '```', ''].join('\n'))))
}

describe('the window of a command', () => {
  it('is open where the page says nothing of time', () => {
    const plan = planOf('$ kubectl get pods', 'No resources found')
    expect(plan.windowFor(0)).to.deep.equal({ earliestMs: 0, latestMs: Infinity })
  })

  it('is where the object has the age that the page shows', () => {
    const plan = planOf(
      '$ kubectl create -f p.yaml',
      'pod/p created',
      '$ kubectl get po',
      header,
      'p     1/1    Running  0         21s',
    )
    plan.learn('typed 0', 0)
    plan.learn('created pod/p', 1_000)
    const { earliestMs, latestMs } = plan.windowFor(1)
    expect([Math.floor(earliestMs / 1000), Math.floor(latestMs / 1000)]).to.deep.equal([21, 22])
  })

  it('stays open once the command was typed, so that it may be typed again', () => {
    const plan = planOf(
      '$ kubectl create -f p.yaml',
      'pod/p created',
      '$ kubectl get po',
      header,
      'p     1/1    Running  0         1m',
    )
    plan.learn('typed 0', 0)
    plan.learn('created pod/p', 1_000)
    plan.learn('typed 1', 61_500)
    expect(plan.windowFor(1).latestMs).to.be.greaterThan(100_000)
  })

  it('gives up a claim that what has happened leaves no room for', () => {
    const plan = planOf(
      '$ kubectl create -f p.yaml',
      'pod/p created',
      '$ sleep 60',
      '$ kubectl get po',
      header,
      'p     1/1    Running  0         5s',
    )
    plan.learn('typed 0', 0)
    plan.learn('created pod/p', 100)
    plan.learn('typed 1', 400)
    expect(plan.windowFor(2).earliestMs).to.be.greaterThan(60_000)
  })

  it('counts from the creation that a manifest of the page implies', () => {
    const yaml = '```yaml\nkind: ReplicaSet\napiVersion: apps/v1\nmetadata: {name: web}\n```\n'
    const commands = [
      '```console',
      '$ sleep 30',
      '$ kubectl apply -f web.yaml',
      '$ kubectl get rs',
      'NAME  READY  AGE',
      'web  3  6s',
      '```',
      '',
    ]
    const { atMs } = schedulePage(readPage('page.md', yaml + commands.join('\n')))
    expect(atMs.get('created replicaset/web')).to.be.at.least(30_000)
    expect((atMs.get('printed 3') ?? 0) - (atMs.get('created replicaset/web') ?? 0)).to.equal(6_000)
  })
})
