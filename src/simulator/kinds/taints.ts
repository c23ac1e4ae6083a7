// What the taints of a Node may look like.

import type { V1Taint } from '@kubernetes/client-node'
import type { Json } from '../../pod/json.ts'
import { labelValueMistakes, qualifiedNameMistakes } from '../../pod/names.ts'
import type { FieldError } from '../store/field-error.ts'
import { duplicate, invalid, notSupported, required } from '../store/field-error.ts'

const EFFECTS = ['NoExecute', 'NoSchedule', 'PreferNoSchedule']

/** Source: pkg/apis/core/validation/validation.go:validateNodeTaints. */
export function taintMistakes(taints: readonly Json<V1Taint>[], path: string): readonly FieldError[] {
  const seen = new Set<string>()
  return taints.flatMap((taint, index) => {
    const at = `${path}[${index}]`
    const { key, value = '', effect } = taint
    const isRepeated = seen.has(`${key}:${effect}`)
    seen.add(`${key}:${effect}`)
    return [
      ...qualifiedNameMistakes(key ?? '').map((detail) => invalid(`${at}.key`, key, detail)),
      ...labelValueMistakes(value).map((detail) => invalid(`${at}.value`, value, detail)),
      ...effectMistakes(effect, `${at}.effect`),
      ...(isRepeated ? [duplicate(at, taint)] : []),
    ]
  })
}

function effectMistakes(effect: string | undefined, path: string): readonly FieldError[] {
  if (!effect) return [required(path)]
  return EFFECTS.includes(effect) ? [] : [notSupported(path, effect, EFFECTS)]
}
