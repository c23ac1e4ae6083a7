import { expect } from 'chai'
import { ApiError } from '../../../src/simulator/store/api-error.ts'
import { jsonPatch } from '../../../src/simulator/store/patch/json-patch.ts'
import { mergePatch } from '../../../src/simulator/store/patch/merge-patch.ts'
import { strategicMerge } from '../../../src/simulator/store/patch/strategic-merge.ts'
import { struct } from '../../../src/simulator/store/schema/schema.ts'

const podSpec = struct('core.v1.PodSpec')

function merged(target: object, patch: object): unknown {
  return strategicMerge(target as Record<string, unknown>, patch as Record<string, unknown>, podSpec)
}

const two = {
  containers: [
    { name: 'a', image: '1' },
    { name: 'b', image: '1' },
  ],
}

describe('A strategic merge patch', () => {
  const cases = [
    [
      'changes the item with the same key',
      two,
      { containers: [{ name: 'b', image: '2' }] },
      {
        containers: [
          { name: 'a', image: '1' },
          { name: 'b', image: '2' },
        ],
      },
    ],
    [
      'puts a new item first',
      two,
      { containers: [{ name: 'z' }] },
      { containers: [{ name: 'z' }, { name: 'a', image: '1' }, { name: 'b', image: '1' }] },
    ],
    [
      'deletes an item',
      two,
      { containers: [{ name: 'a', $patch: 'delete' }] },
      { containers: [{ name: 'b', image: '1' }] },
    ],
    [
      'replaces a list',
      two,
      { containers: [{ $patch: 'replace' }, { name: 'c' }] },
      { containers: [{ name: 'c' }] },
    ],
    [
      'orders a list',
      two,
      { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] },
      {
        containers: [
          { name: 'b', image: '1' },
          { name: 'a', image: '1' },
        ],
      },
    ],
    [
      'replaces a list that does not merge',
      { tolerations: [{ key: 'a' }] },
      { tolerations: [{ key: 'b' }] },
      { tolerations: [{ key: 'b' }] },
    ],
    ['removes what is null', { hostname: 'x', subdomain: 'y' }, { hostname: null }, { subdomain: 'y' }],
    [
      'keeps only the retained keys',
      { volumes: [{ name: 'v', emptyDir: {} }] },
      { volumes: [{ $retainKeys: ['name', 'hostPath'], name: 'v', hostPath: { path: '/' } }] },
      { volumes: [{ name: 'v', hostPath: { path: '/' } }] },
    ],
  ] as const
  for (const [title, target, patch, expected] of cases) {
    it(title, () => {
      expect(merged(target, patch)).to.deep.equal(expected)
    })
  }

  it('refuses an item without its key', () => {
    expect(() => merged(two, { containers: [{ image: 'x' }] })).to.throw(
      'map: map[image:x] does not contain declared merge key: name',
    )
  })

  it('leaves its target alone', () => {
    merged(two, { containers: [{ name: 'a', image: '2' }] })
    expect(two.containers[0]).to.deep.equal({ name: 'a', image: '1' })
  })
})

describe('A merge patch', () => {
  it('merges objects, removes nulls and replaces the rest', () => {
    expect(mergePatch({ a: { b: 1, c: [1] }, d: 1 }, { a: { b: null, c: [2] } })).to.deep.equal({
      a: { c: [2] },
      d: 1,
    })
  })
})

describe('A JSON patch', () => {
  it('carries out all of its operations', () => {
    const operations = [
      { op: 'test', path: '/a', value: 1 },
      { op: 'move', from: '/a', path: '/b' },
      { op: 'add', path: '/list/-', value: 2 },
    ]
    expect(jsonPatch({ a: 1, list: [1] }, operations)).to.deep.equal({ b: 1, list: [1, 2] })
  })

  const refused = [
    [{ op: 'test', path: '/a', value: 2 }],
    [{ op: 'remove', path: '/nope' }],
    [{ op: 'dance', path: '/a' }],
    [{ op: 'add', path: 'a', value: 1 }],
  ]
  for (const operations of refused) {
    it(`refuses ${JSON.stringify(operations)} without saying why`, () => {
      expect(() => jsonPatch({ a: 1 }, operations)).to.throw(
        ApiError,
        'the server rejected our request due to an error in our request',
      )
    })
  }
})
