// What every verb of the registry works with.

import type { Random } from '../../../time/random.ts'
import type { Admission, AdmissionRequest } from '../admission.ts'
import type { Context } from '../kind.ts'
import type { KubeObject } from '../object.ts'
import type { Store } from '../store.ts'

export interface Backing {
  readonly store: Store
  readonly random: Random
  readonly admission: readonly Admission[]
  readonly now: () => number
}

export interface WriteOptions {
  /** Who writes, as managedFields shall name it: `kubelet`, `kubectl-create`. */
  readonly fieldManager?: string | undefined
  /** Everything but storing. */
  readonly dryRun?: boolean | undefined
  /** Is told what a client shall be warned of. */
  readonly warn?: ((text: string) => void) | undefined
}

export interface CreateOptions extends WriteOptions {
  /** Whether the object comes with its managedFields, as an apply makes it. */
  readonly isApplied?: boolean | undefined
}

export function contextOf({ store, random, now }: Backing, options: WriteOptions): Context {
  const { dryRun = false, warn = ignore } = options
  return { atMs: now(), random, store, dryRun, warn }
}

/** The object after every mutating plugin had its say. */
export function admitted({ admission }: Backing, request: AdmissionRequest): KubeObject {
  return admission.reduce(
    (object, plugin) =>
      plugin.admit?.(object === request.object ? request : { ...request, object }) ?? object,
    request.object,
  )
}

/** Lets every validating plugin refuse. */
export function checkAdmission({ admission }: Backing, request: AdmissionRequest): void {
  for (const plugin of admission) plugin.check?.(request)
}

function ignore(): void {}
