// Quotas and limit ranges refuse in the words that a real server was recorded saying.

import { expect } from 'chai'
import { existsSync } from 'node:fs'
import { kinds } from '../../../src/simulator/kinds/kinds.ts'
import type { Kind } from '../../../src/simulator/store/kind.ts'
import type { KubeObject } from '../../../src/simulator/store/object.ts'
import { ApiError } from '../../../src/simulator/store/api-error.ts'
import { quotaStatus } from '../../../src/simulator/kinds/quota/quota-usage.ts'
import { resourceQuota } from '../../../src/simulator/kinds/resource-quota.ts'
import type { Exchange } from './recorded.ts'
import { recorded, recordedPath } from './recorded.ts'
import { world } from './world.ts'

describe('quotas and limit ranges', () => {
  if (!existsSync(recordedPath('controllers-quota'))) {
    it.skip('need the recorded exchanges, which lie beside the repository')
    return
  }
  const exchanges = recorded('controllers-quota')
  const registry = world('api-ctl-quota')
  const answers = exchanges.map((exchange) => attempt(exchange))

  for (const [index, { name, request, response }] of exchanges.entries()) {
    if (request.method !== 'POST' && request.method !== 'PATCH') continue
    if (name.startsWith('configmap-'))
      it.skip(`${name}: the recording cluster puts a ConfigMap of its own into every namespace`)
    else
      it(name, () =>
        expect(answers[index]).to.equal(response.status < 300 ? 'accepted' : response.body?.message),
      )
  }

  it('are counted over what is stored', () => {
    const own = world('shop')
    const metadata = { namespace: 'shop', name: 'q' }
    const quota = own.create(resourceQuota, {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata,
      spec: { hard: { pods: '3', secrets: '1' } },
    })
    expect(quotaStatus(own.store, quota)).to.deep.equal({
      hard: { pods: '3', secrets: '1' },
      used: { pods: '0', secrets: '0' },
    })
  })

  function attempt({ request }: Exchange): string {
    const [path = '', query = ''] = request.path.split('?')
    const {
      namespace = '',
      plural = '',
      name,
    } = /\/namespaces\/(?<namespace>[^/]+)\/(?<plural>[^/]+)(\/(?<name>[^/]+))?$/.exec(path)?.groups ?? {}
    const kind = kinds.find((candidate) => candidate.plural === plural && !candidate.view)
    if (!kind) return 'not served'
    try {
      act(kind, request, { namespace, name }, query.includes('dryRun'))
      return 'accepted'
    } catch (error) {
      if (error instanceof ApiError) return error.message
      throw error
    }
  }

  function act(
    kind: Kind,
    { method, body }: Exchange['request'],
    { namespace, name = '' }: { readonly namespace: string; readonly name?: string | undefined },
    dryRun: boolean,
  ): void {
    const object = body as KubeObject
    if (method === 'POST')
      registry.create(kind, { ...object, metadata: { ...object.metadata, namespace } }, { dryRun })
    if (method === 'DELETE') registry.delete(kind, { namespace, name })
    if (method === 'PATCH') registry.change(kind, { namespace, name }, (old) => merged(old, object))
  }
})

/** RFC 7386, as far as these patches go. */
function merged<T>(target: T, patch: unknown): T {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch as T
  const base = (target ?? {}) as Record<string, unknown>
  const changed = Object.entries(patch).map(([key, value]) => [key, merged(base[key], value)])
  return { ...base, ...Object.fromEntries(changed) } as T
}
