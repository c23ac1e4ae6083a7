// The kind Ingress: stored and listed; nothing in the simulator routes by it, as on a cluster without a controller.

import type { V1HTTPIngressPath, V1Ingress, V1IngressBackend } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { Json } from '../../pod/json.ts'
import {
  dns1035LabelMistakes,
  dns1123SubdomainMistakes,
  portNameMistakes,
  portNumberMistakes,
} from '../../pod/names.ts'
import type { FieldError, FieldPath } from '../store/field-error.ts'
import { invalid, notSupported, required } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { invalids, optionalSubdomain } from './field-checks.ts'
import { isIP } from 'node:net'

export type Ingress = Stored<V1Ingress>

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix']

export const ingress: Kind<Ingress> = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'Ingress',
  plural: 'ingresses',
  singular: 'ingress',
  shortNames: ['ing'],
  namespaced: true,
  hasStatus: true,
  hasGeneration: true,

  prepareForCreate: (object) => ({ ...object, status: { loadBalancer: {} } }),
  validate: mistakes,
  validateUpdate: mistakes,
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],

  columns: [NAME_COLUMN, column('Class'), column('Hosts'), column('Address'), column('Ports'), AGE_COLUMN],
  /** Source: pkg/printers/internalversion/printers.go:printIngress. */
  cells({ metadata, spec, status }, atMs) {
    const hosts = (spec?.rules ?? []).map(({ host }) => host || '*')
    const addresses = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || (hostname ?? ''))
    return [
      metadata.name ?? '',
      spec?.ingressClassName ?? metadata.annotations?.['kubernetes.io/ingress.class'] ?? '<none>',
      shortened(hosts),
      addresses.filter(Boolean).join(','),
      spec?.tls?.length ? '80, 443' : '80',
      age(metadata.creationTimestamp, atMs),
    ]
  },
}

/** Three hosts, and how many more; `*` without any. */
function shortened(hosts: readonly string[]): string {
  if (hosts.length === 0) return '*'
  const more = hosts.length - 3
  return hosts.slice(0, 3).join(',') + (more > 0 ? ` + ${more} more...` : '')
}

/** Source: pkg/apis/networking/validation/validation.go:ValidateIngressSpec. */
function mistakes({ spec = {} }: Ingress): readonly FieldError[] {
  const { defaultBackend, ingressClassName, rules = [] } = spec
  return [
    ...(rules.length === 0 && !defaultBackend
      ? [invalid('spec', [], 'either `defaultBackend` or `rules` must be specified')]
      : []),
    ...(defaultBackend ? backendMistakes('spec.defaultBackend', defaultBackend) : []),
    ...rules.flatMap(({ host = '', http }, index) => [
      ...hostMistakes(`spec.rules[${index}].host`, host),
      ...(http?.paths ?? []).flatMap((path, i) =>
        pathMistakes(`spec.rules[${index}].http.paths[${i}]`, path),
      ),
      ...(http && !http.paths?.length ? [required(`spec.rules[${index}].http.paths`)] : []),
    ]),
    ...optionalSubdomain('spec.ingressClassName', ingressClassName),
  ]
}

function hostMistakes(path: FieldPath, host: string): readonly FieldError[] {
  if (host === '') return []
  if (isIP(host) !== 0) return [invalid(path, host, 'must be a DNS name, not an IP address')]
  return invalids(path, host, dns1123SubdomainMistakes(host.replace(/^\*\./, '')))
}

function pathMistakes(
  at: FieldPath,
  { backend, path = '', pathType }: Json<V1HTTPIngressPath>,
): readonly FieldError[] {
  if (!pathType) return [required(`${at}.pathType`, 'pathType must be specified')]
  if (!PATH_TYPES.includes(pathType)) return [notSupported(`${at}.pathType`, pathType, PATH_TYPES)]
  const needsSlash = pathType !== 'ImplementationSpecific' || path !== ''
  return [
    ...(needsSlash && !path.startsWith('/') ? [invalid(`${at}.path`, path, 'must be an absolute path')] : []),
    ...(pathType !== 'ImplementationSpecific' && path.includes('//')
      ? [invalid(`${at}.path`, path, "must not contain '//'")]
      : []),
    ...backendMistakes(`${at}.backend`, backend ?? {}),
  ]
}

function backendMistakes(
  path: FieldPath,
  { resource, service }: Json<V1IngressBackend>,
): readonly FieldError[] {
  if (resource && service) return [invalid(path, '', 'cannot set both resource and service backends')]
  if (resource) return resource.name ? [] : [required(`${path}.resource.name`)]
  if (!service?.name) return [required(`${path}.service.name`)]
  const { name: portName, number } = service.port ?? {}
  const at = `${path}.service`
  if (portName && number) return [invalid(at, '', 'cannot set both port name & port number')]
  if (!portName && !number) return [required(at, 'port name or number is required')]
  return [
    ...invalids(`${at}.name`, service.name, dns1035LabelMistakes(service.name)),
    ...(portName ? invalids(`${at}.port.name`, portName, portNameMistakes(portName)) : []),
    ...(number ? invalids(`${at}.port.number`, number, portNumberMistakes(number)) : []),
  ]
}
