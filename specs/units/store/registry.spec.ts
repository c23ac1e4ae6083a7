import { expect } from 'chai'
import { ApiError } from '../../../src/simulator/store/api-error.ts'
import { note, noteNamed, registryWithLog, task, taskNamed } from './kinds.ts'

const A = { namespace: 'shop', name: 'a' }

function refusal(act: () => unknown): string {
  try {
    act()
    return 'accepted'
  } catch (error) {
    if (error instanceof ApiError) return `${error.code} ${error.message}`
    throw error
  }
}

describe('The registry', () => {
  it('gives a new object what the server owns, and drops what a client may not say', () => {
    const { registry } = registryWithLog()
    const wished = { ...taskNamed('a'), status: { replicas: 9 } }
    const { metadata, status } = registry.create(task, wished, { fieldManager: 'me' })
    expect(status).to.equal(undefined)
    expect(metadata).to.deep.include({
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-11-22T08:31:19Z',
    })
    expect(metadata.uid).to.match(/^[0-9a-f-]{36}$/)
  })

  it('makes up a name behind a generateName', () => {
    const { registry } = registryWithLog()
    const { metadata } = registry.create(note, noteNamed('', { generateName: 'a-' }))
    expect(metadata.name).to.match(/^a-[bcdfghjklmnpqrstvwxz2456789]{5}$/)
  })

  it('refuses a name that is taken, and says if it is being deleted', () => {
    const { registry } = registryWithLog()
    registry.create(note, noteNamed('a', { finalizers: ['example.com/x'] }))
    const taken = refusal(() => registry.create(note, noteNamed('a')))
    registry.delete(note, A)
    const leaving = refusal(() => registry.create(note, noteNamed('a')))
    expect([taken, leaving]).to.deep.equal([
      '409 configmaps "a" already exists',
      '409 object is being deleted: configmaps "a" already exists',
    ])
  })

  it('does not let a stale write through', () => {
    const { registry } = registryWithLog()
    const first = registry.create(task, taskNamed('a'))
    registry.update(task, { ...first, spec: { replicas: 2 } })
    expect(refusal(() => registry.update(task, { ...first, spec: { replicas: 3 } }))).to.equal(
      '409 Operation cannot be fulfilled on deployments.apps "a": the object has been modified; please apply your changes to the latest version and try again',
    )
  })

  it('counts generations by what changes beside metadata and status', () => {
    const { registry } = registryWithLog()
    registry.create(task, taskNamed('a'))
    const generations = [
      registry.change(task, A, (old) => ({ ...old, metadata: { ...old.metadata, labels: { x: 'y' } } })),
      registry.updateStatus(task, { ...taskNamed('a'), status: { replicas: 1 } }),
      registry.change(task, A, (old) => ({ ...old, spec: { replicas: 5 } })),
    ].map(({ metadata }) => metadata.generation)
    expect(generations).to.deep.equal([1, 1, 2])
  })

  it('keeps spec and status apart: each door writes its own', () => {
    const { registry } = registryWithLog()
    registry.create(task, taskNamed('a', 1))
    registry.updateStatus(task, { ...taskNamed('a', 7), status: { replicas: 3 } })
    const { spec, status } = registry.update(task, { ...taskNamed('a', 2), status: { replicas: 9 } })
    expect({ spec, status }).to.deep.equal({ spec: { replicas: 2 }, status: { replicas: 3 } })
  })

  it('stores nothing and tells nobody when nothing changes', () => {
    const { registry, log } = registryWithLog()
    const stored = registry.create(task, taskNamed('a'))
    const again = registry.update(task, { ...taskNamed('a') })
    expect([again === stored, log]).to.deep.equal([true, ['ADDED a@1']])
  })

  it('shares what an update leaves alone', () => {
    const { registry } = registryWithLog()
    const { spec } = registry.create(task, taskNamed('a'))
    const updated = registry.updateStatus(task, { ...taskNamed('a'), status: { replicas: 1 } })
    expect(updated.spec).to.equal(spec)
  })
})

describe('A deletion', () => {
  it('removes at once what nothing holds', () => {
    const { registry, log } = registryWithLog()
    registry.create(note, noteNamed('a'))
    const { isGone } = registry.delete(note, A)
    expect([isGone, log]).to.deep.equal([true, ['ADDED a@1', 'DELETED a@2']])
  })

  it('waits for finalizers, and ends with the last of them', () => {
    const { registry, log } = registryWithLog()
    registry.create(note, noteNamed('a', { finalizers: ['example.com/x'] }))
    registry.delete(note, A)
    registry.change(note, A, (old) => ({ ...old, metadata: { ...old.metadata, finalizers: [] } }))
    expect(log).to.deep.equal([
      'ADDED a@1, held by example.com/x',
      'MODIFIED a@2, held by example.com/x, grace 0',
      'DELETED a@3, held by example.com/x, grace 0',
    ])
  })

  it('takes its grace, which can only be shortened', () => {
    const { registry, log } = registryWithLog()
    registry.create(task, taskNamed('a'))
    for (const gracePeriodSeconds of [undefined, 60, 5, 0]) registry.delete(task, A, { gracePeriodSeconds })
    expect(log).to.deep.equal([
      'ADDED a@1',
      'MODIFIED a@2, grace 30',
      'MODIFIED a@3, grace 5',
      'MODIFIED a@4, grace 0',
      'DELETED a@5, grace 0',
    ])
  })

  it('refuses to delete another object of the same name', () => {
    const { registry } = registryWithLog()
    const { metadata } = registry.create(note, noteNamed('a'))
    expect(refusal(() => registry.delete(note, A, { preconditions: { uid: 'x' } }))).to.equal(
      `409 Operation cannot be fulfilled on ConfigMap "a": the UID in the precondition (x) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    )
  })

  const policies = [
    ['Background', undefined],
    ['Foreground', ['foregroundDeletion']],
    ['Orphan', ['orphan']],
  ] as const
  for (const [propagationPolicy, finalizers] of policies) {
    it(`with ${propagationPolicy} leaves ${finalizers?.join() ?? 'no finalizer'} to the garbage collector`, () => {
      const { registry } = registryWithLog()
      registry.create(note, noteNamed('a'))
      registry.delete(note, A, { propagationPolicy })
      expect(registry.find(note, A)?.metadata.finalizers).to.deep.equal(finalizers)
    })
  }
})
