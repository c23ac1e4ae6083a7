// What IP addresses may look like.

import { isIP } from 'node:net'
import type { FieldError } from '../store/field-error.ts'
import { invalid } from '../store/field-error.ts'

/** Source: apimachinery pkg/util/validation/ip.go:IsValidIP. */
export function ipMistakes(text: string, path: string): readonly FieldError[] {
  if (isIP(text) !== 0) return []
  if (/^(\d+\.){3}\d+$/.test(text) && /(^|\.)0\d/.test(text))
    return [invalid(path, text, 'must not have leading 0s')]
  return [invalid(path, text, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')]
}
