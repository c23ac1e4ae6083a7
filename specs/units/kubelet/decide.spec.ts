// The kubelet's decisions, against the tables of Kubernetes' own tests.

import { expect } from 'chai'
import type { Pod } from '../../../src/pod/json.ts'
import { decide } from '../../../src/simulator/kubelet/decide.ts'
import { type ContainerRow, type DecideCase, decisionInput, runtimeOf, upstreamCases } from './cases.ts'

describe('the kubelet decides like computePodActions', () => {
  const table = upstreamCases('compute-pod-actions.json') as { cases: readonly DecideCase[] } | undefined
  if (!table) it.skip('needs ../shared/kubernetes/cases')
  for (const one of table?.cases ?? []) {
    it(`${one.id}: ${one.case}`, () => {
      const { containersToKill, containersToReset, sandboxId, ...actions } = decide(decisionInput(one))
      const { kill, sandboxID, ...expected } = one.expect as DecideCase['expect'] & { sandboxID: string }
      expect(actions).to.deep.equal(expected)
      expect(sandboxId).to.equal(sandboxID)
      expect(containersToKill.map(({ id }) => id)).to.have.members(kill)
      expect(containersToReset).to.deep.equal([])
    })
  }
})

const restartsAll = [{ action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [1] } }]
const foo = [1, 2, 3].map((n) => ({ name: `foo${n}`, image: 'busybox' }))
const init = [1, 2, 3].map((n) => ({ name: `init${n}`, image: 'busybox' }))
const sidecars = init.map((container) => ({ ...container, restartPolicy: 'Always' }))
const ruled = <C extends { name: string }>(containers: readonly C[], name: string) =>
  containers.map((one) =>
    one.name === name ? { ...one, restartPolicy: 'Never', restartPolicyRules: restartsAll } : one,
  )
const running = (name: string): ContainerRow => ({ id: name, name, state: 'Running', exitCode: 0 })
const exited = (name: string, exitCode: number): ContainerRow => ({
  id: name,
  name,
  state: 'Exited',
  exitCode,
})
const past = (name: string): ContainerRow => ({ id: `${name}-past`, name, state: 'Exited', exitCode: 1 })
const names = (...rows: string[]) => rows

describe('RestartAllContainers resets', () => {
  const cases: [string, Pod['spec'], ContainerRow[], string[]][] = [
    ['regular containers', { containers: foo }, foo.map(({ name }) => running(name)),
      names('foo1 kill', 'foo2 kill', 'foo3 kill')],
    ['init containers that have ended', { initContainers: init, containers: foo }, init.map(({ name }) => exited(name, 0)),
      names('init1', 'init2', 'init3')],
    ['sidecars', { initContainers: sidecars, containers: foo }, init.map(({ name }) => running(name)),
      names('init1 kill', 'init2 kill', 'init3 kill')],
    ['an init container that asks for it last', { initContainers: ruled(init, 'init3'), containers: foo },
      [exited('init3', 1), running('init2'), exited('init1', 0)], names('init1', 'init2 kill', 'init3')],
    ['a sidecar that asks for it last', { initContainers: ruled(sidecars, 'init3'), containers: foo },
      [running('foo1'), exited('init3', 1), running('init2'), running('init1')],
      names('foo1 kill', 'init1 kill', 'init2 kill', 'init3')],
    ['a regular container that asks for it after the sidecars', { initContainers: sidecars, containers: ruled(foo, 'foo3') },
      [exited('foo3', 1), running('foo2'), running('foo1'), ...init.map(({ name }) => running(name))],
      names('foo1 kill', 'foo2 kill', 'init1 kill', 'init2 kill', 'init3 kill', 'foo3')],
    ['older instances too', { containers: ruled(foo, 'foo3') },
      [exited('foo3', 1), running('foo2'), running('foo1'), ...foo.map(({ name }) => past(name))],
      names('foo1 kill', 'foo1-past', 'foo2 kill', 'foo2-past', 'foo3-past', 'foo3')],
  ] // prettier-ignore
  for (const [title, spec, rows, expected] of cases) {
    it(title, () => {
      const actions = decide(input(spec, rows, true))
      expect(actions.containersToReset.map(({ id, kill }) => (kill ? `${id} kill` : id))).to.deep.equal(
        expected,
      )
      expect([...actions.containersToStart, ...actions.initContainersToStart]).to.deep.equal([])
    })
  }

  it('nothing in a pod that is not marked', () => {
    const rows = foo.map(({ name }) => running(name))
    expect(decide(input({ containers: foo }, rows, false)).containersToReset).to.deep.equal([])
  })

  it('and begins with the first init container once all are gone', () => {
    const { initContainersToStart } = decide(input({ initContainers: init, containers: foo }, [], false))
    expect(initContainersToStart).to.deep.equal([0])
  })

  it('and begins with all regular containers where there is no init container', () => {
    expect(decide(input({ containers: foo }, [], false)).containersToStart).to.deep.equal([0, 1, 2])
  })
})

function input(spec: Pod['spec'], rows: readonly ContainerRow[], restartAllContainers: boolean) {
  const pod: Pod = spec ? { spec } : {}
  const probes = { liveness: () => undefined, startup: () => undefined }
  return { pod, runtime: runtimeOf(rows), probes, restartAllContainers }
}
