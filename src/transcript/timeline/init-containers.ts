// Finds the init containers of the Pods that a page describes, for the order in which containers run.

import { pageObjects } from '../page-manifests.ts'
import type { Page } from '../page.ts'

/** The names of the init containers (sidecars left out) of each Pod of the page, by `pod/<name>`. */
export function initContainersOf(page: Page): ReadonlyMap<string, readonly string[]> {
  return new Map(
    pageObjects(page).flatMap(({ kind, name, spec }) => {
      const { initContainers } = (spec ?? {}) as {
        readonly initContainers?: readonly { readonly name?: string; readonly restartPolicy?: string }[]
      }
      if (kind !== 'Pod' || !Array.isArray(initContainers)) return []
      const ordinary = initContainers.filter(({ restartPolicy }) => restartPolicy !== 'Always')
      return [[`pod/${name}`, ordinary.map((container) => container.name ?? '')] as const]
    }),
  )
}
