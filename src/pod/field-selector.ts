// Field selectors: `status.phase=Running,spec.nodeName!=`.

/** One of the conditions that a field selector joins by AND. */
export interface FieldRequirement {
  readonly field: string
  readonly operator: '!=' | '='
  readonly value: string
}

export type FieldSelector = readonly FieldRequirement[]

/** A field selector that cannot be read; `message` is the API server's. */
export class FieldSelectorError extends Error {}

/**
 * Reads a field selector; `\\`, `\,` and `\=` stand for the characters themselves. Throws FieldSelectorError.
 * Source: apimachinery pkg/fields/selector.go:ParseSelector.
 */
export function parseFieldSelector(text: string): FieldSelector {
  return terms(text)
    .filter((term) => term !== '')
    .map((term) => {
      const [, field, operator, value] = /^((?:\\.|[^=!\\]|!(?!=))*)(!=|==|=)(.*)$/s.exec(term) ?? []
      if (field === undefined || value === undefined)
        throw new FieldSelectorError(`invalid selector: '${text}'; can't understand '${term}'`)
      return { field, operator: operator === '!=' ? '!=' : '=', value: unescaped(value) }
    })
}

/** Whether an object is selected; `valueOf` reads a field of it, '' where it has none. */
export function matchesFields(selector: FieldSelector, valueOf: (field: string) => string): boolean {
  return selector.every(({ field, operator, value }) => (valueOf(field) === value) === (operator === '='))
}

/** Writes a selector as Kubernetes does. */
export function formatFieldSelector(selector: FieldSelector): string {
  return selector.map(({ field, operator, value }) => `${field}${operator}${escaped(value)}`).join(',')
}

/** Cuts at the commas that are not escaped. */
function terms(text: string): readonly string[] {
  return text.match(/(?:\\.|[^,\\])+|\\$/gs) ?? []
}

function escaped(value: string): string {
  return value.replace(/[\\,=]/g, String.raw`\$&`)
}

function unescaped(value: string): string {
  return value.replace(/\\[\s\S]?|[,=]/g, (found) => {
    if (/^\\[\\,=]$/.test(found)) return found.charAt(1)
    if (found.startsWith('\\'))
      throw new FieldSelectorError(`invalid field selector: invalid escape sequence: ${found}`)
    throw new FieldSelectorError(`invalid field selector: unescaped character in value: ${found}`)
  })
}
