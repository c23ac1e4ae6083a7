// ResourceQuota: a namespace gets no more of anything than its quotas allow.

import type { PodSpec } from '../../../pod/json.ts'
import type { Quantity } from '../../../pod/quantity.ts'
import { addQuantities, compareQuantities, subtractQuantities } from '../../../pod/quantity-arithmetic.ts'
import { formatQuantity, parseQuantity } from '../../../pod/quantity.ts'
import type { Admission, AdmissionRequest } from '../../store/admission.ts'
import { forbiddenError } from '../../store/api-error.ts'
import { resourceOf } from '../../store/kind.ts'
import type { Pod } from '../pod/pod.ts'
import type { Usage } from '../quota/object-usage.ts'
import { noUsage, usageOf } from '../quota/object-usage.ts'
import { resourcesOf, usedOf } from '../quota/quota-usage.ts'
import { isInScope } from '../quota/scopes.ts'
import type { ResourceQuota } from '../resource-quota.ts'
import { compareText } from '../text.ts'

/** What every container has to say once a quota limits it. */
const COMPUTE = ['cpu', 'limits.cpu', 'limits.memory', 'memory', 'requests.cpu', 'requests.memory']
const ZERO = parseQuantity('0')

/** Source: apiserver pkg/admission/plugin/resourcequota/controller.go:CheckRequest. */
export const resourceQuotaAdmission: Admission = {
  name: 'ResourceQuota',
  check(request) {
    const { context, kind, object, operation, ref, subresource } = request
    if (operation === 'DELETE' || subresource !== '' || ref.namespace === undefined) return
    const resource = resourceOf(kind)
    const quotas = (context.store.list('resourcequotas', ref.namespace) as readonly ResourceQuota[]).filter(
      (quota) => resourcesOf(quota).includes(resource) && isInScope(quota, resource, object),
    )
    for (const quota of quotas) refuseUnspecified(request, quota)
    for (const quota of quotas) refuseExcess(request, quota)
  },
}

/** A Pod that does not say how much it needs cannot be counted. Source: pkg/quota/v1/evaluator/core/pods.go:Constraints. */
function refuseUnspecified({ kind, object, operation, ref }: AdmissionRequest, quota: ResourceQuota): void {
  if (resourceOf(kind) !== 'pods' || operation !== 'CREATE') return
  const limited = COMPUTE.filter((name) => quota.spec?.hard?.[name] !== undefined)
  const spec = (object as Pod).spec ?? { containers: [] }
  const missing = limited.flatMap((name) => {
    const silent = silentContainers(spec, name)
    return silent.length > 0 ? [`${name} for: ${silent.join(',')}`] : []
  })
  if (missing.length === 0) return
  throw forbiddenError(
    kind,
    ref.name,
    `failed quota: ${quota.metadata.name}: must specify ${missing.join('; ')}`,
  )
}

function silentContainers(spec: PodSpec, name: string): readonly string[] {
  const list = name.startsWith('limits.') ? 'limits' : 'requests'
  const resource = name.replace(/^(limits|requests)\./, '')
  return [...spec.containers, ...(spec.initContainers ?? [])]
    .filter(({ resources }) => resources?.[list]?.[resource] === undefined)
    .map((container) => container.name)
    .toSorted(compareText)
}

function refuseExcess(request: AdmissionRequest, quota: ResourceQuota): void {
  const { context, kind, object, old, ref } = request
  const resource = resourceOf(kind)
  const before = old ? usageOf(resource, old) : noUsage()
  const asked = increase(usageOf(resource, object), before)
  const hard = quota.spec?.hard ?? {}
  const names = [...asked.keys()].filter((name) => hard[name] !== undefined).toSorted(compareText)
  if (names.length === 0) return
  const used = usedOf(context.store, quota)
  const exceeded = names.filter((name) => {
    const total = addQuantities(used.get(name) ?? ZERO, asked.get(name) ?? ZERO)
    return compareQuantities(total, parseQuantity(hard[name] ?? '0')) > 0
  })
  if (exceeded.length === 0) return
  const shown = (amount: (name: string) => Quantity | undefined) =>
    exceeded.map((name) => `${name}=${formatQuantity(amount(name) ?? ZERO)}`).join(',')
  const limits = shown((name) => parseQuantity(hard[name] ?? '0'))
  const amounts = `requested: ${shown((name) => asked.get(name))}, used: ${shown((name) => used.get(name))}, limited: ${limits}`
  throw forbiddenError(kind, ref.name, `exceeded quota: ${quota.metadata.name}, ${amounts}`)
}

/** What is asked for beyond what was had; only that has to fit. */
function increase(usage: Usage, before: Usage): Usage {
  const differences = [...usage].map(
    ([name, amount]) => [name, subtractQuantities(amount, before.get(name) ?? ZERO)] as const,
  )
  return new Map(differences.filter(([, { nanos }]) => nanos > 0n))
}
