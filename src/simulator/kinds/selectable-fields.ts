// What field selectors may name in objects of a kind.

import type { Kind } from '../store/kind.ts'
import type { KubeObject } from '../store/object.ts'

/** The part of a Kind that says which fields can be selected, from a table of readers. */
export function selectable<T extends KubeObject>(
  readers: Readonly<Record<string, (object: T) => string>>,
): Required<Pick<Kind<T>, 'fieldValue' | 'selectableFields'>> {
  return {
    selectableFields: Object.keys(readers),
    fieldValue: (object, field) => readers[field]?.(object) ?? '',
  }
}

/** What the kinds with conversions of their own (pods, services, secrets, namespaces) say of other fields. */
export function notSupportedField(label: string): string {
  return `field label not supported: ${label}`
}
