// How Pods are listed.

import { POD_COLUMNS } from '../../../pod/row.ts'
import type { Column, RowCondition } from '../../store/kind.ts'
import { AGE_COLUMN, NAME_COLUMN, column, wideColumn } from '../columns.ts'
import type { Pod } from './pod.ts'

/** The first five are always shown. */
const SHOWN = 5

export const podColumns: readonly Column[] = POD_COLUMNS.map((name, index) => {
  if (name === 'Name') return NAME_COLUMN
  if (name === 'Age') return AGE_COLUMN
  return index < SHOWN ? column(name) : wideColumn(name)
})

/** What clients may go by to hide ended Pods. Source: pkg/printers/internalversion/printers.go:podSuccessConditions. */
export function podRowConditions(pod: Pod): readonly RowCondition[] {
  switch (pod.status?.phase) {
    case 'Succeeded':
      return [completed('Succeeded', 'The pod has completed successfully.')]
    case 'Failed':
      return [completed('Failed', 'The pod failed.')]
    default:
      return []
  }
}

function completed(reason: string, message: string): RowCondition {
  return { type: 'Completed', status: 'True', reason, message }
}
