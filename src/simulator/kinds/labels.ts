// Labels and selectors as tables print them.

import type { StructuredSelector } from '../../pod/label-selector.ts'
import { formatLabelSelector, selectorOfLabels, structuredSelector } from '../../pod/label-selector.ts'

/** `k=v,k=v` in the order of the keys, `<none>` for none. Source: apimachinery pkg/labels/labels.go:FormatLabels. */
export function formatLabels(labels: Readonly<Record<string, string>> | undefined): string {
  return formatLabelSelector(selectorOfLabels(labels ?? {})) || '<none>'
}

/** A structured selector as text; `<none>` if it is empty or missing. Source: metav1.FormatLabelSelector. */
export function formatSelector(selector: StructuredSelector | undefined): string {
  return formatLabelSelector(structuredSelector(selector) ?? []) || '<none>'
}

/** A structured selector as clients can send it back: empty for one that is empty or missing. */
export function selectorText(selector: StructuredSelector | undefined): string {
  return formatLabelSelector(structuredSelector(selector) ?? [])
}
