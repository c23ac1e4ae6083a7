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

/** Cases that say nothing about a server's rows. */
const NOT_COMPARABLE: Readonly<Record<string, string>> = {
  'TestPrintServiceLoadBalancer/3': 'cuts a list of addresses, which the wide rows of a server never do',
  'TestPrintJob/3': 'lost its creation time on the way: ten years became 0.3 seconds',
  'TestPrintJob/4': 'lost its creation time on the way: ten years became 0.3 seconds',
}

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
    const why = NOT_COMPARABLE[`${test}/${index}`]
    if (why) it.skip(`${test}/${index} ${why}`)
    else if (!kind) it.skip(`${test}/${index} needs the kind ${singular}`)
    else
      it(`${test}/${index} ${comment}`, () => {
        const cells = kind.cells?.(onTheWire(object), Date.parse(now)) ?? []
        expect(cells.length).to.equal(kind.columns?.length)
        // Some printers add their wide cells whether they were asked for them or not.
        const isWhole = wide || rows[0]?.cells.length === cells.length
        const shown = cells.filter((_, at) => isWhole || kind.columns?.[at]?.priority === 0)
        expect([shown.slice(0, rows[0]?.cells.length)]).to.deep.equal(rows.map((row) => row.cells))
      })
  }
})

/** The cases keep one name of Kubernetes' internal types: on the wire it is reportingComponent. */
function onTheWire(object: KubeObject & { readonly reportingController?: string }): KubeObject {
  const { reportingController, ...rest } = object
  return reportingController ? Object.assign(rest, { reportingComponent: reportingController }) : rest
}
