// One mistake in one field of an object, in the words of the API server's validation.

/** Where a field is: `spec.containers[0].image`. */
export type FieldPath = string

/** The reason of a cause in a Status (apimachinery/pkg/util/validation/field/errors.go). */
export type FieldErrorReason =
  | 'FieldValueDuplicate'
  | 'FieldValueForbidden'
  | 'FieldValueInvalid'
  | 'FieldValueNotFound'
  | 'FieldValueNotSupported'
  | 'FieldValueRequired'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueTypeInvalid'
  | 'InternalError'

/** A mistake. `message` is what a cause shows: the text without the leading path. */
export interface FieldError {
  readonly reason: FieldErrorReason
  readonly field: FieldPath
  readonly message: string
}

/** `spec.containers[0].name: Required value[: detail]` */
export function required(field: FieldPath, detail = ''): FieldError {
  return { reason: 'FieldValueRequired', field, message: detailed('Required value', detail) }
}

/** `<field>: Invalid value: "x": detail`. A value that is no text is shown as Go's errors show it, objects as JSON. */
export function invalid(field: FieldPath, value: unknown, detail: string): FieldError {
  return { reason: 'FieldValueInvalid', field, message: detailed(`Invalid value: ${shown(value)}`, detail) }
}

/** `<field>: Unsupported value: "x": supported values: "A", "B"`. The values are shown in the given order. */
export function notSupported(field: FieldPath, value: unknown, supported: readonly string[]): FieldError {
  const list = supported.map((text) => JSON.stringify(text)).join(', ')
  const detail = list && `supported values: ${list}`
  return {
    reason: 'FieldValueNotSupported',
    field,
    message: detailed(`Unsupported value: ${shown(value)}`, detail),
  }
}

/** `<field>: Duplicate value: "x"` */
export function duplicate(field: FieldPath, value: unknown): FieldError {
  return { reason: 'FieldValueDuplicate', field, message: `Duplicate value: ${shown(value)}` }
}

/** `<field>: Not found: "x"` */
export function notFound(field: FieldPath, value: unknown): FieldError {
  return { reason: 'FieldValueNotFound', field, message: `Not found: ${shown(value)}` }
}

/** `<field>: Forbidden: detail` */
export function forbidden(field: FieldPath, detail: string): FieldError {
  return { reason: 'FieldValueForbidden', field, message: detailed('Forbidden', detail) }
}

/** `<field>: Too long: may not be more than 63 bytes` */
export function tooLong(field: FieldPath, maxBytes: number): FieldError {
  return { reason: 'FieldValueTooLong', field, message: `Too long: may not be more than ${maxBytes} bytes` }
}

/** `<field>: Too many: 11: must have at most 10 items` */
export function tooMany(field: FieldPath, actual: number, max: number): FieldError {
  const items = max === 1 ? 'item' : 'items'
  return {
    reason: 'FieldValueTooMany',
    field,
    message: `Too many: ${actual}: must have at most ${max} ${items}`,
  }
}

/** The whole text of a mistake, path first. */
export function fieldErrorText({ field, message }: FieldError): string {
  return `${field}: ${message}`
}

function detailed(text: string, detail: string): string {
  return detail ? `${text}: ${detail}` : text
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'null'
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value)
}
