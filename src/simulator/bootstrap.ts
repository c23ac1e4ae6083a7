// What a fresh cluster has before anybody asks for anything: what kubeadm and the API server itself create.

import { endpointSlice } from './kinds/endpoint-slice.ts'
import { endpoints } from './kinds/endpoints.ts'
import { namespace } from './kinds/namespace.ts'
import { service } from './kinds/service/service.ts'
import { API_SERVER_PORT } from './network/api-server-port.ts'
import type { Registry } from './store/registry.ts'

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system']

/**
 * The namespaces, the Service of the API server (10.96.0.1) with its endpoint on the first node, and that of the
 * cluster's DNS (10.96.0.10), whose Pods are not modelled. `apiServerAddress` is the address of the control plane.
 */
export function bootstrap(registry: Registry, apiServerAddress: string): void {
  for (const name of NAMESPACES) {
    registry.create(namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  }
  createApiServerService(registry, apiServerAddress)
  createDnsService(registry)
}

/** Source: pkg/controlplane/controller/kubernetesservice, reconcilers/endpointsadapter.go. */
function createApiServerService(registry: Registry, address: string): void {
  const name = 'kubernetes'
  registry.create(service, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: {
      clusterIP: '10.96.0.1',
      ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: API_SERVER_PORT }],
      type: 'ClusterIP',
    },
  })
  registry.create(endpoints, {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name, namespace: 'default', labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    subsets: [
      { addresses: [{ ip: address }], ports: [{ name: 'https', port: API_SERVER_PORT, protocol: 'TCP' }] },
    ],
  })
  registry.create(endpointSlice, {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace: 'default', labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
    ports: [{ name: 'https', port: API_SERVER_PORT, protocol: 'TCP' }],
  })
}

/** Source: cmd/kubeadm/app/phases/addons/dns/manifests.go. */
function createDnsService(registry: Registry): void {
  registry.create(service, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kube-dns',
      namespace: 'kube-system',
      labels: {
        'k8s-app': 'kube-dns',
        'kubernetes.io/cluster-service': 'true',
        'kubernetes.io/name': 'CoreDNS',
      },
      annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
    },
    spec: {
      clusterIP: '10.96.0.10',
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
        { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
      ],
      selector: { 'k8s-app': 'kube-dns' },
    },
  })
}
