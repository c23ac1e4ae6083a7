// The columns of Tables, written shortly: most are texts that are always shown.

import type { Column } from '../store/kind.ts'

interface ColumnOptions {
  readonly type?: Column['type']
  readonly format?: string
  /** 1 is shown with `-o wide` only. */
  readonly priority?: 0 | 1
  readonly description?: string
}

/** A column of a Table. */
export function column(name: string, options: ColumnOptions = {}): Column {
  const { type = 'string', format = '', priority = 0, description = '' } = options
  return { name, type, format, description, priority }
}

/** A column that only `-o wide` shows. */
export function wideColumn(name: string, description = ''): Column {
  return column(name, { priority: 1, description })
}

/** The first column of every kind. */
export const NAME_COLUMN: Column = column('Name', {
  format: 'name',
  description: 'The name of the object, unique within its kind and namespace.',
})

/** The column that nearly every kind has. */
export const AGE_COLUMN: Column = column('Age', { description: 'How long ago the object was created.' })
