// By which names a Pod is known, and how it resolves those of others.

import type { V1HostAlias, V1PodDNSConfig } from '@kubernetes/client-node'
import type { Json, PodSpec } from '../../../../pod/json.ts'
import { dns1123LabelMistakes, dns1123SubdomainMistakes } from '../../../../pod/names.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { forbidden, invalid, required, tooLong } from '../../../store/field-error.ts'
import { invalids } from '../../field-checks.ts'
import { ipMistakes } from '../../ip.ts'

const MAX_NAMESERVERS = 3
const MAX_SEARCHES = 32
const MAX_SEARCH_CHARACTERS = 2_048
const MAX_HOST_NAME = 64

/** Source: pkg/apis/core/validation/validation.go:validatePodDNSConfig. */
export function dnsConfigMistakes(
  path: FieldPath,
  config: Json<V1PodDNSConfig> | undefined,
  dnsPolicy: string | undefined,
): readonly FieldError[] {
  if (!config) {
    const isNeeded = dnsPolicy === 'None'
    return isNeeded ? [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')] : []
  }
  const { nameservers = [], options = [], searches = [] } = config
  return [
    ...(dnsPolicy === 'None' && nameservers.length === 0
      ? [required(`${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None')]
      : []),
    ...(nameservers.length > MAX_NAMESERVERS
      ? [
          invalid(
            `${path}.nameservers`,
            nameservers,
            `must not have more than ${MAX_NAMESERVERS} nameservers`,
          ),
        ]
      : []),
    ...nameservers.flatMap((address, i) => ipMistakes(address, `${path}.nameservers[${i}]`)),
    ...searchesMistakes(`${path}.searches`, searches),
    ...options.flatMap(({ name }, i) =>
      name ? [] : [required(`${path}.options[${i}]`, 'must not be empty')],
    ),
  ]
}

function searchesMistakes(path: FieldPath, searches: readonly string[]): readonly FieldError[] {
  return [
    ...(searches.length > MAX_SEARCHES
      ? [invalid(path, searches, `must not have more than ${MAX_SEARCHES} search paths`)]
      : []),
    ...(searches.join(' ').length > MAX_SEARCH_CHARACTERS
      ? [
          invalid(
            path,
            searches,
            `must not have more than ${MAX_SEARCH_CHARACTERS} characters (including spaces) in the search list`,
          ),
        ]
      : []),
    ...searches.flatMap((search, i) => {
      // Search paths may end in a dot and hold underscores, for they name no host.
      const name = search.replace(/\.$/, '').replaceAll('_', 'a')
      return name === ''
        ? []
        : dns1123SubdomainMistakes(name).map((detail) => invalid(`${path}[${i}]`, search, detail))
    }),
  ]
}

/** Source: the same file:ValidateHostAliases. */
export function hostAliasesMistakes(
  path: FieldPath,
  aliases: readonly Json<V1HostAlias>[],
): readonly FieldError[] {
  return aliases.flatMap(({ ip, hostnames = [] }, index) => [
    ...ipMistakes(ip ?? '', `${path}[${index}].ip`),
    ...hostnames.flatMap((name, i) =>
      invalids(`${path}[${index}].hostnames[${i}]`, name, dns1123SubdomainMistakes(name)),
    ),
  ])
}

/** Source: the same file:ValidatePodSpec, on hostname, subdomain and hostnameOverride. */
export function hostNamesMistakes(path: FieldPath, spec: PodSpec): readonly FieldError[] {
  const { hostname, hostnameOverride, hostNetwork, setHostnameAsFQDN, subdomain } = spec
  const at = `${path}.hostnameOverride`
  return [
    ...(hostname ? invalids(`${path}.hostname`, hostname, dns1123LabelMistakes(hostname)) : []),
    ...(subdomain ? invalids(`${path}.subdomain`, subdomain, dns1123LabelMistakes(subdomain)) : []),
    ...(hostnameOverride && hostNetwork
      ? [forbidden(at, 'may not be specified when hostNetwork is true')]
      : []),
    ...(hostnameOverride && setHostnameAsFQDN
      ? [forbidden(at, 'may not be specified when setHostnameAsFQDN is true')]
      : []),
    ...(hostnameOverride !== undefined && hostnameOverride.length > MAX_HOST_NAME
      ? [tooLong(at, MAX_HOST_NAME)]
      : []),
    ...(hostnameOverride ? invalids(at, hostnameOverride, dns1123SubdomainMistakes(hostnameOverride)) : []),
  ]
}
