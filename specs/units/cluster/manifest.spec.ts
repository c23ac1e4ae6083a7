// Manifests as people write them.

import { expect } from 'chai'
import { readManifest } from '../../../src/cluster/manifest.ts'

const read = (text: string) => readManifest(text, 'web.yaml').map(({ object }) => object)

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n'

describe('cluster/manifest', () => {
  it('reads several documents, leaves out empty ones, and knows where each begins', () => {
    const documents = readManifest(`---\n${POD}---\n# nothing here\n---\n${POD}`, 'web.yaml')
    expect(documents.map(({ place }) => place)).to.deep.equal(['web.yaml:2', 'web.yaml:9'])
  })

  it('takes the items of a List one by one', () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }],
    }
    expect(read(JSON.stringify(list))).to.deep.equal(list.items)
  })

  it('keeps fields that nobody knows', () => {
    expect(read(`${POD}spec:\n  imagePulPolicy: Never\n`)[0]).to.have.nested.property(
      'spec.imagePulPolicy',
      'Never',
    )
  })

  const values: readonly (readonly [string, unknown])[] = [
    ['yes', true],
    ['off', false],
    ['"yes"', 'yes'],
    ['12:30', '12:30'],
    ['2001-12-14', '2001-12-14'],
    ['0777', 511],
    ['1e3', 1000],
    ['~', null],
  ]
  for (const [text, value] of values) {
    it(`reads ${text} as Kubernetes does`, () => {
      expect(read(`${POD}value: ${text}\n`)[0]?.['value']).to.equal(value)
    })
  }

  const mistakes: readonly (readonly [string, string])[] = [
    ['a: b\n c: d', 'web.yaml:1:4: Nested mappings are not allowed in compact mappings'],
    [`${POD}kind: Service\n`, 'web.yaml:5:1: Map keys must be unique'],
    ['\tkind: Pod', 'web.yaml:1:1: Tabs are not allowed as indentation'],
    ['- kind: Pod', 'web.yaml:1:1: expected an object with apiVersion and kind'],
    ['metadata: {}', 'web.yaml:1:1: the object has no apiVersion and no kind'],
    ['apiVersion: v1\nkind: Pod', 'web.yaml:1:1: the Pod has no metadata'],
    [
      `${POD}---\napiVersion: v1\nkind: Pod\nmetadata: {}`,
      'web.yaml:6:1: the Pod has neither metadata.name nor metadata.generateName',
    ],
  ]
  for (const [text, message] of mistakes) {
    it(`says ${message}`, () => {
      expect(() => read(text)).to.throw(message)
    })
  }
})
