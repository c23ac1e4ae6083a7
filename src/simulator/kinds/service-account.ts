// The kind ServiceAccount.

import type { V1ServiceAccount } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN } from './columns.ts'

export type ServiceAccount = Stored<V1ServiceAccount>

export const serviceAccount: Kind<ServiceAccount> = {
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  namespaced: true,

  deletion: { answers: 'object' },
  columns: [NAME_COLUMN, AGE_COLUMN],
  cells: ({ metadata }, atMs) => [metadata.name ?? '', age(metadata.creationTimestamp, atMs)],
}
