// The printed rows of every kind agree with Kubernetes' own table tests.

import { expect } from 'chai'
import { existsSync, readFileSync } from 'node:fs'
import { kinds } from '../../../src/simulator/kinds/kinds.ts'
import type { KubeObject } from '../../../src/simulator/store/object.ts'

interface PrinterCase {
  readonly test: string
  readonly index: number
  readonly comment: string
  readonly wide: boolean
  readonly kind: string
  readonly object: KubeObject
  readonly expect: readonly { readonly cells: readonly unknown[] }[]
}

const path = new URL('../../../../shared/kubernetes/cases/printers-other-cases.json', import.meta.url)
/** The cases call this kind by its short name. */
const SHORT: Readonly<Record<string, string>> = { pdb: 'poddisruptionbudget' }

describe('printed rows', () => {
  if (!existsSync(path)) {
    it.skip("needs Kubernetes' printer cases, which lie beside the repository")
    return
  }
  const { now, cases } = JSON.parse(readFileSync(path, 'utf8')) as {
    now: string
    cases: readonly PrinterCase[]
  }

  for (const { test, index, comment, wide, kind: singular, object, expect: rows } of cases) {
    const kind = kinds.find(
      (candidate) => !candidate.view && candidate.singular === (SHORT[singular] ?? singular),
    )
    // The server always generates wide cells, in which a list of addresses is never cut.
    if (comment === "Long external IP's list gets elided.") it.skip(`${test}/${index} is never generated`)
    else if (!kind) it.skip(`${test}/${index} needs the kind ${singular}`)
    else
      it(`${test}/${index} ${comment}`, () => {
        const cells = kind.cells?.(onTheWire(object), Date.parse(now)) ?? []
        expect(cells.length).to.equal(kind.columns?.length)
        const shown = cells.filter((_, at) => wide || kind.columns?.[at]?.priority === 0)
        expect([shown.slice(0, rows[0]?.cells.length)]).to.deep.equal(rows.map((row) => row.cells))
      })
  }
})

/** The cases keep one name of Kubernetes' internal types: on the wire it is reportingComponent. */
function onTheWire(object: KubeObject & { readonly reportingController?: string }): KubeObject {
  const { reportingController, ...rest } = object
  return reportingController ? Object.assign(rest, { reportingComponent: reportingController }) : rest
}
