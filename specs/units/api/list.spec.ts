import { expect } from 'chai'
import type { World } from './world.ts'
import { json, world } from './world.ts'

const NOTES = '/api/v1/namespaces/shop/configmaps'

interface List {
  readonly metadata: {
    readonly continue?: string
    readonly resourceVersion: string
    readonly remainingItemCount?: number
  }
  readonly items: readonly { readonly metadata: { readonly name: string } }[]
}

function filled(...names: readonly string[]): World {
  const filledWorld = world()
  for (const name of names)
    filledWorld.send('POST', NOTES, { metadata: { name, labels: { first: name[0] } } })
  return filledWorld
}

function names({ items }: List): string {
  return items.map(({ metadata }) => metadata.name).join(' ')
}

describe('A list', () => {
  it('is ordered by name, bytewise', () => {
    const { send } = filled('b', 'a-b', 'a', 'a.b')
    expect(names(json<List>(send('GET', NOTES)))).to.equal('a a-b a.b b')
  })

  it('comes in pages that show one state, whatever happens between them', () => {
    const { send } = filled('a', 'b', 'c')
    const first = json<List>(send('GET', `${NOTES}?limit=1`))
    send('DELETE', `${NOTES}/b`)
    send('POST', NOTES, { metadata: { name: 'bb' } })
    const second = json<List>(send('GET', `${NOTES}?limit=5&continue=${first.metadata.continue}`))
    expect([names(first), names(second)]).to.deep.equal(['a', 'b c'])
    expect([first.metadata.remainingItemCount, second.metadata.resourceVersion]).to.deep.equal([2, '3'])
  })

  it('can be of the past, as long as that is remembered', () => {
    const { send } = filled('a', 'b')
    send('DELETE', `${NOTES}/a`)
    const past = json<List>(send('GET', `${NOTES}?resourceVersion=2&resourceVersionMatch=Exact`))
    expect(names(past)).to.equal('a b')
  })

  const selectors = [
    ['labelSelector=first%3Da', 'a aa'],
    ['labelSelector=first+in+(a,b)', 'a aa b'],
    ['labelSelector=!first', ''],
    ['fieldSelector=metadata.name%3Db', 'b'],
    ['fieldSelector=metadata.name!%3Db', 'a aa'],
  ] as const
  for (const [query, expected] of selectors) {
    it(`with ${query} shows "${expected}"`, () => {
      const { send } = filled('a', 'aa', 'b')
      expect(names(json<List>(send('GET', `${NOTES}?${query}`)))).to.equal(expected)
    })
  }

  it('serialises an object once, for GET, LIST and watch alike', () => {
    const { send, registry } = world()
    let serialised = 0
    const spec = { toJSON: () => ++serialised }
    const metadata = { name: 'x', namespace: 'shop' }
    registry.store.put('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata, spec })
    json(send('GET', NOTES))
    json(send('GET', `${NOTES}/x`))
    json(send('GET', NOTES))
    expect(serialised).to.equal(1)
  })
})
