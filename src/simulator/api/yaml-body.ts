// Answers in YAML, for those who ask for it.

import { stringify } from 'yaml'
import type { Body } from './response.ts'

/** The same document as in JSON; keys sorted and lists not indented, as Kubernetes writes YAML. */
export function yamlBody(json: Body): Body {
  const options = { version: '1.1', sortMapEntries: true, lineWidth: 0, indentSeq: false } as const
  return {
    value: json.value,
    bytes: () => Buffer.from(stringify(JSON.parse(Buffer.from(json.bytes()).toString()), options)),
  }
}
