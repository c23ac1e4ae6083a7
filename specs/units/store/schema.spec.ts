import { expect } from 'chai'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { struct, structNames } from '../../../src/simulator/store/schema/schema.ts'
import type { FieldType } from '../../../src/simulator/store/schema/schema.ts'
import { generatedStructure } from '../../support/generate-schema.ts'

const DOCUMENTS = fileURLToPath(new URL('../../../../shared/kubernetes/openapi', import.meta.url))
const GENERATED = new URL('../../../src/simulator/store/schema/structure.ts', import.meta.url)

describe('The structure of Kubernetes types', () => {
  it('is what the OpenAPI documents of the release say', function () {
    if (!existsSync(DOCUMENTS)) return this.skip()
    expect(readFileSync(GENERATED, 'utf8')).to.equal(generatedStructure(DOCUMENTS))
  })

  it('names no structure that it does not hold', () => {
    const named = structNames().flatMap((name) =>
      [...(struct(name)?.fields.values() ?? [])].map(({ type }) => innermost(type)),
    )
    const missing = named.flatMap((type) => (type.is === 'struct' && !struct(type.name) ? [type.name] : []))
    expect(missing).to.deep.equal([])
  })

  it('knows by which keys lists merge', () => {
    const ports = struct('core.v1.Container')?.fields.get('ports')
    expect(ports).to.deep.include({
      list: 'map',
      mapKeys: ['containerPort', 'protocol'],
      mergeKey: 'containerPort',
    })
  })
})

function innermost(type: FieldType): FieldType {
  if (type.is === 'list') return innermost(type.items)
  return type.is === 'map' ? innermost(type.values) : type
}
