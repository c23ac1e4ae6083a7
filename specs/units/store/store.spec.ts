import { expect } from 'chai'
import { Store } from '../../../src/simulator/store/store.ts'
import { noteNamed, NOW_MS } from './kinds.ts'

function storeOf(windowSize = 1000): Store {
  return new Store({ now: () => NOW_MS, windowSize })
}

describe('The store', () => {
  it('counts every write of every resource with one number', () => {
    const store = storeOf()
    const versions = ['configmaps', 'secrets', 'configmaps'].map(
      (resource, index) => store.put(resource, noteNamed(`x${index}`)).metadata.resourceVersion,
    )
    expect(versions).to.deep.equal(['1', '2', '3'])
  })

  it('tells a subscriber inside the write, and no more after it left', () => {
    const store = storeOf()
    const seen: unknown[] = []
    const leave = store.subscribe('configmaps', ({ type, object, previous }) =>
      seen.push([type, object.metadata.resourceVersion, previous?.metadata.resourceVersion]),
    )
    store.put('configmaps', noteNamed('a'))
    store.put('configmaps', noteNamed('a'))
    leave()
    store.remove('configmaps', { namespace: 'shop', name: 'a' })
    expect(seen).to.deep.equal([
      ['ADDED', '1', undefined],
      ['MODIFIED', '2', '1'],
    ])
  })

  it('remembers a bounded number of changes, oldest forgotten first', () => {
    const store = storeOf(2)
    for (const name of ['a', 'b', 'c']) store.put('configmaps', noteNamed(name))
    const since = (version: number) =>
      store.changesAfter('configmaps', version)?.map(({ object }) => object.metadata.name)
    expect([since(0), since(1), since(2), since(3)]).to.deep.equal([undefined, ['b', 'c'], ['c'], []])
  })

  it('lists a namespace without those whose names only begin like it', () => {
    const store = storeOf()
    for (const namespace of ['shop', 'shop-2', 'sho']) store.put('configmaps', noteNamed('a', { namespace }))
    const namespaces = store.list('configmaps', 'shop').map(({ metadata }) => metadata.namespace)
    expect(namespaces).to.deep.equal(['shop'])
  })

  it('keeps an index up with every write', () => {
    const store = storeOf()
    store.index('configmaps', 'color', ({ metadata }) =>
      metadata.labels?.color ? [metadata.labels.color] : [],
    )
    const names = (color: string) =>
      store.by('configmaps', 'color', color).map(({ metadata }) => metadata.name)
    store.put('configmaps', noteNamed('a', { labels: { color: 'red' } }))
    store.put('configmaps', noteNamed('b', { labels: { color: 'red' } }))
    store.put('configmaps', noteNamed('a', { labels: { color: 'blue' } }))
    store.remove('configmaps', { namespace: 'shop', name: 'b' })
    expect([names('red'), names('blue')]).to.deep.equal([[], ['a']])
  })

  it('lists thousands of keys in their order, however they came and went', () => {
    const store = storeOf()
    const names = Array.from({ length: 2_000 }, (_, index) => `x${(index * 7_919) % 2_000}`)
    for (const name of names) store.put('configmaps', noteNamed(name))
    for (const name of names.slice(0, 1_500)) store.remove('configmaps', { namespace: 'shop', name })
    const listed = (namespace?: string) =>
      store.list('configmaps', namespace).map(({ metadata }) => metadata.name)
    expect(listed('shop')).to.deep.equal(names.slice(1_500).sort())
    expect(listed()).to.deep.equal(listed('shop'))
  })

  it('tells a subscriber to a key of the objects that have it, or had it before', () => {
    const store = storeOf()
    store.index('configmaps', 'color', ({ metadata }) => Object.values(metadata.labels ?? {}))
    const seen: unknown[] = []
    const leave = store.subscribeBy('configmaps', 'color', 'red', ({ type, object }) =>
      seen.push([type, object.metadata.name, object.metadata.labels?.color]),
    )
    store.put('configmaps', noteNamed('a', { labels: { color: 'red' } }))
    store.put('configmaps', noteNamed('b', { labels: { color: 'blue' } }))
    store.put('configmaps', noteNamed('a', { labels: { color: 'blue' } }))
    store.put('configmaps', noteNamed('b', { labels: { color: 'red' } }))
    store.remove('configmaps', { namespace: 'shop', name: 'b' })
    leave()
    store.put('configmaps', noteNamed('c', { labels: { color: 'red' } }))
    expect(seen).to.deep.equal([
      ['ADDED', 'a', 'red'],
      ['MODIFIED', 'a', 'blue'],
      ['MODIFIED', 'b', 'red'],
      ['DELETED', 'b', 'red'],
    ])
  })
})
