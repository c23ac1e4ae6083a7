// Answers in YAML, for those who ask for it.

import { stringify } from 'yaml'
import type { Body } from './response.ts'

export function yamlBody(value: unknown): Body {
  return {
    value,
    bytes: () =>
      Buffer.from(
        stringify(value, {
          version: '1.1',
          sortMapEntries: true,
          lineWidth: 0,
          aliasDuplicateObjects: false,
        }),
      ),
  }
}
