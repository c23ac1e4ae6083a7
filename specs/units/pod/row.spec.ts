// The printed row of a Pod agrees with Kubernetes' own table tests.

import { expect } from 'chai'
import { existsSync, readFileSync } from 'node:fs'
import type { Pod } from '../../../src/pod/json.ts'
import { POD_COLUMNS, podRow } from '../../../src/pod/row.ts'

interface PrinterCases {
  readonly now: string
  readonly columns: readonly string[]
  readonly cases: readonly {
    readonly id: string
    readonly comment?: string
    readonly wide: boolean
    readonly pod?: Pod
    readonly podList?: { readonly items: readonly Pod[] }
    readonly expect: readonly { readonly cells: readonly string[] }[]
  }[]
}

const path = new URL('../../../../shared/kubernetes/cases/printers-pod-cases.json', import.meta.url)

describe('the row of a Pod', () => {
  if (!existsSync(path)) {
    it.skip("needs Kubernetes' printer cases, which lie beside the repository")
    return
  }
  const { now, columns, cases } = JSON.parse(readFileSync(path, 'utf8')) as PrinterCases

  it('has the columns of the API server', () => {
    expect(POD_COLUMNS).to.deep.equal(columns)
    expect(cases).to.have.length(42)
  })

  for (const { id, comment, wide, pod, podList, expect: rows } of cases) {
    it(`${id}: ${comment ?? 'no comment'}`, () => {
      const cells = (podList?.items ?? (pod ? [pod] : [])).map((each) => podRow(each, Date.parse(now)))
      const shown = wide ? cells : cells.map((row) => row.slice(0, 5))
      expect(shown).to.deep.equal(rows.map((row) => row.cells))
    })
  }
})
