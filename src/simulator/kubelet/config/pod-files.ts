// The files that the kubelet writes for a pod's containers: hosts, resolv.conf, hostname.

import type { PodSpec } from '../../../pod/json.ts'
import type { Pod } from '../../kinds/pod/pod.ts'

/** Longest hostname that Linux takes. */
const MAX_HOSTNAME = 63

/** The hostname of a pod's containers (pkg/kubelet/kubelet_pods.go:GeneratePodHostNameAndDomain). */
export function hostname({ metadata, spec }: Pod, nodeName: string): string {
  if (spec?.hostNetwork) return nodeName
  const name = spec?.hostname ?? metadata.name ?? ''
  return name.length > MAX_HOSTNAME ? name.slice(0, MAX_HOSTNAME).replace(/[-.]+$/, '') : name
}

/** `/etc/hosts`. Source: kubelet_pods.go:managedHostsFileContent, nodeHostsFileContent. */
export function hostsFile(pod: Pod, podIP: string, nodeName: string, clusterDomain: string): string {
  const { spec, metadata } = pod
  const aliases = hostAliases(spec)
  if (spec?.hostNetwork)
    return `# Kubernetes-managed hosts file (host network).\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n${aliases}`
  const host = hostname(pod, nodeName)
  const domain = spec?.subdomain && `${host}.${spec.subdomain}.${metadata.namespace}.svc.${clusterDomain}\t`
  return [
    '# Kubernetes-managed hosts file.',
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    'fe00::0\tip6-localnet',
    'fe00::0\tip6-mcastprefix',
    'fe00::1\tip6-allnodes',
    'fe00::2\tip6-allrouters',
    `${podIP}\t${domain ?? ''}${host}`,
    aliases,
  ].join('\n')
}

function hostAliases(spec: PodSpec | undefined): string {
  if (!spec?.hostAliases?.length) return ''
  const lines = spec.hostAliases.map(({ ip, hostnames = [] }) => [ip, ...hostnames].join('\t'))
  return `\n# Entries added by HostAliases.\n${lines.join('\n')}\n`
}

/** What a resolver is told. */
export interface DnsConfig {
  readonly nameservers: readonly string[]
  readonly searches: readonly string[]
  readonly options: readonly string[]
}

/** The node's own /etc/resolv.conf: no name outside of the cluster is known, so it has no search list. */
const nodeDns: DnsConfig = { nameservers: [], searches: [], options: [] }

/** Source: pkg/kubelet/network/dns/dns.go:GetPodDNS. */
export function podDns(pod: Pod, clusterDns: string, clusterDomain: string): DnsConfig {
  const { spec, metadata } = pod
  const policy = spec?.dnsPolicy ?? 'ClusterFirst'
  const isCluster = policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && !spec?.hostNetwork)
  const base: DnsConfig = isCluster
    ? {
        nameservers: [clusterDns],
        searches: [`${metadata.namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain],
        options: ['ndots:5'],
      }
    : nodeDns
  return merged(policy === 'None' ? nodeDns : base, spec?.dnsConfig)
}

function merged(base: DnsConfig, added: PodSpec['dnsConfig']): DnsConfig {
  if (!added) return base
  const option = ({ name = '', value }: { name?: string; value?: string }) =>
    value ? `${name}:${value}` : name
  const own = (added.options ?? []).map(option)
  const nameOf = (text: string) => text.split(':')[0]
  return {
    nameservers: [...new Set([...base.nameservers, ...(added.nameservers ?? [])])],
    searches: [...new Set([...base.searches, ...(added.searches ?? [])])],
    options: [...base.options.filter((one) => !own.some((other) => nameOf(other) === nameOf(one))), ...own],
  }
}

/** `/etc/resolv.conf`, with its lines in the runtime's order. */
export function resolvConf({ nameservers, searches, options }: DnsConfig): string {
  return [
    ...(searches.length > 0 ? [`search ${searches.join(' ')}`] : []),
    ...nameservers.map((server) => `nameserver ${server}`),
    ...(options.length > 0 ? [`options ${options.join(' ')}`] : []),
    '',
  ].join('\n')
}
