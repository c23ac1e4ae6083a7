// A ConfigMap or Secret that a container or a volume needs does not exist, or lacks a key.

import type { Cause } from '../cause.ts'
import { eventsSoFar } from '../moment.ts'

export const missingConfig: Cause = {
  name: 'missing-config',
  steps: ['configError', 'volumes', 'sandbox', 'containerStart'],
  find(moment, { container }) {
    for (const { message } of eventsSoFar(moment).toReversed()) {
      const [, kind, name] = /(configmap|secret) "([^"]+)" not found/.exec(message) ?? []
      if (kind !== undefined && name !== undefined) return missing(kind, name, container)
      const [, key, resource] = /couldn't find key (\S+) in (.+)$/.exec(message) ?? []
      if (key !== undefined)
        return { because: `${resource} has no key ${key}`, next: `add the key ${key} to ${resource}` }
    }
    return undefined
  },
}

const KINDS: Readonly<Record<string, string>> = { configmap: 'ConfigMap', secret: 'Secret' }

function missing(kind: string, qualifiedName: string, container: string | undefined) {
  const name = qualifiedName.split('/').at(-1)
  const verb = kind === 'secret' ? 'secret generic' : 'configmap'
  return {
    because: `${container ?? 'a volume'} needs ${KINDS[kind]} "${name}", which does not exist`,
    next: `kubectl create ${verb} ${name} --from-literal=KEY=VALUE; the kubelet tries again by itself`,
  }
}
