import { expect } from 'chai'
import { ApiError } from '../../../src/simulator/store/api-error.ts'
import { applied } from '../../../src/simulator/store/managed-fields/apply.ts'
import type { KubeObject } from '../../../src/simulator/store/object.ts'
import { note, NOW_MS, noteNamed, registryWithLog, task, taskNamed } from './kinds.ts'

type Note = KubeObject & { readonly data?: Readonly<Record<string, string>> }

function noteWith(data: Readonly<Record<string, string>>): Note {
  return { ...noteNamed('a'), data }
}

function owners({ metadata }: KubeObject): readonly string[] {
  return (metadata.managedFields ?? []).map(
    ({ manager, operation, subresource, fieldsV1 }) =>
      `${manager} ${operation}${subresource ? `/${subresource}` : ''} ${JSON.stringify(sorted(fieldsV1))}`,
  )
}

/** Fields in the order of their names. */
function sorted(fields: unknown): unknown {
  const entries = Object.entries(fields as object).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, below]) => [name, sorted(below)]))
}

function apply(
  live: Note | undefined,
  data: Readonly<Record<string, string>>,
  fieldManager: string,
  force = false,
): Note {
  return applied(note, live, noteWith(data), { fieldManager, force, atMs: NOW_MS })
}

describe('managedFields', () => {
  it('give a new object to its creator, metadata of the server excepted', () => {
    const { registry } = registryWithLog()
    const created = registry.create(
      note,
      { ...noteWith({ x: '1' }), metadata: { ...noteNamed('a').metadata, labels: { l: '' } } },
      { fieldManager: 'me' },
    )
    expect(owners(created)).to.deep.equal([
      'me Update {"f:data":{".":{},"f:x":{}},"f:metadata":{"f:labels":{".":{},"f:l":{}}}}',
    ])
  })

  it('give a changed field to who changed it, and take it from who had it', () => {
    const { registry } = registryWithLog()
    registry.create(note, noteWith({ x: '1', y: '1' }), { fieldManager: 'me' })
    const updated = registry.update(note, noteWith({ x: '2', y: '1' }), { fieldManager: 'you' })
    expect(owners(updated)).to.deep.equal([
      'me Update {"f:data":{".":{},"f:y":{}}}',
      'you Update {"f:data":{"f:x":{}}}',
    ])
  })

  it('tell the door through which a field was written', () => {
    const { registry } = registryWithLog()
    registry.create(task, taskNamed('a'), { fieldManager: 'me' })
    const updated = registry.updateStatus(
      task,
      { ...taskNamed('a'), status: { replicas: 1 } },
      { fieldManager: 'kubelet' },
    )
    expect(owners(updated)).to.deep.equal([
      'kubelet Update/status {"f:status":{"f:replicas":{}}}',
      'me Update {"f:spec":{"f:replicas":{}}}',
    ])
  })
})

describe('Server-side apply', () => {
  it('owns what it says, and takes away what it does not say any more', () => {
    const first = apply(undefined, { x: '1', y: '1' }, 'me')
    const second = apply(first, { x: '1' }, 'me')
    expect(second.data).to.deep.equal({ x: '1' })
    expect(owners(second)).to.deep.equal(['me Apply {"f:data":{"f:x":{}}}'])
  })

  it('leaves what another applier still says', () => {
    const shared = apply(apply(undefined, { x: '1', y: '1' }, 'me'), { y: '1' }, 'you')
    expect(apply(shared, { x: '1' }, 'me').data).to.deep.equal({ x: '1', y: '1' })
  })

  it('hears of a conflict, with the field and its owner', () => {
    const live = apply(undefined, { x: '1' }, 'me')
    expect(() => apply(live, { x: '2' }, 'you')).to.throw(
      ApiError,
      'Apply failed with 1 conflict: conflict with "me": .data.x',
    )
  })

  it('takes the field by force', () => {
    const live = apply(undefined, { x: '1' }, 'me')
    const forced = apply(live, { x: '2' }, 'you', true)
    expect(owners(forced)).to.deep.equal(['you Apply {"f:data":{"f:x":{}}}'])
  })
})
