// How Services are listed.

import { age } from '../../../pod/age.ts'
import type { Column } from '../../store/kind.ts'
import { AGE_COLUMN, NAME_COLUMN, column, wideColumn } from '../columns.ts'
import { formatLabels } from '../labels.ts'
import { compareText } from '../text.ts'
import type { Service } from './service.ts'

export const serviceColumns: readonly Column[] = [
  NAME_COLUMN,
  column('Type'),
  column('Cluster-IP'),
  column('External-IP'),
  column('Port(s)'),
  AGE_COLUMN,
  wideColumn('Selector'),
]

/** Source: pkg/printers/internalversion/printers.go:printService. */
export function serviceCells(service: Service, atMs: number): readonly string[] {
  const { metadata, spec } = service
  return [
    metadata.name ?? '',
    spec?.type ?? '',
    spec?.clusterIPs?.[0] || '<none>',
    externalAddress(service),
    ports(service),
    age(metadata.creationTimestamp, atMs),
    formatLabels(spec?.selector),
  ]
}

function externalAddress({ spec, status }: Service): string {
  const external = spec?.externalIPs ?? []
  switch (spec?.type) {
    case 'ClusterIP':
    case 'NodePort':
      return external.join(',') || '<none>'
    case 'ExternalName':
      return spec.externalName ?? ''
    case 'LoadBalancer': {
      const addresses = (status?.loadBalancer?.ingress ?? []).map(
        ({ ip, hostname }) => ip || (hostname ?? ''),
      )
      const balanced = [...new Set(addresses)].filter(Boolean).toSorted(compareText)
      return [...balanced, ...external].join(',') || '<pending>'
    }
    default:
      return '<unknown>'
  }
}

function ports({ spec }: Service): string {
  const texts = (spec?.ports ?? []).map(({ port, nodePort, protocol }) =>
    nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
  )
  return texts.join(',') || '<none>'
}
