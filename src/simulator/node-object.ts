// The Node object of a simulated node, as its kubelet has registered it.

import type { V1Taint } from '@kubernetes/client-node'
import type { Json } from '../pod/json.ts'
import { podCidr } from './network/addresses.ts'
import type { Node } from './kinds/node.ts'
import { timestamp } from './store/object.ts'

/** What a node is to be. What is left out is as on the recorded node: 2 CPUs, 24 GB, 250 Pods. */
export interface NodeOptions {
  readonly name: string
  readonly labels?: Readonly<Record<string, string>>
  readonly taints?: readonly Json<V1Taint>[]
  /** Quantities by resource name: `{ cpu: '4', memory: '16Gi', pods: '110', 'example.com/gpu': '1' }`. */
  readonly capacity?: Readonly<Record<string, string>>
}

export interface NodePlace {
  readonly address: string
  /** The number of the node, from 0. */
  readonly index: number
  readonly atMs: number
  /** 32 hex digits. */
  readonly machineId: string
  readonly bootId: string
}

const CAPACITY = {
  cpu: '2',
  'ephemeral-storage': '264212084Ki',
  'hugepages-1Gi': '0',
  'hugepages-2Mi': '0',
  memory: '24684096Ki',
  pods: '250',
}
/** What the recorded kubelet kept back for itself (its eviction thresholds). */
const ALLOCATABLE = { 'ephemeral-storage': '267847642337', memory: '24581696Ki' }
const VERSION = 'v1.36.2'

/** Source: the recorded node (golden/kubectl/kinds-cluster, `get node node1 -o yaml`). */
export function nodeObject(options: NodeOptions, place: NodePlace): Node {
  const { name, labels, taints, capacity } = options
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        ...labels,
      },
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: {
      podCIDR: podCidr(place.index),
      podCIDRs: [podCidr(place.index)],
      ...(taints && taints.length > 0 && { taints }),
    },
    status: {
      addresses: [
        { address: place.address, type: 'InternalIP' },
        { address: name, type: 'Hostname' },
      ],
      allocatable: { ...CAPACITY, ...ALLOCATABLE, ...capacity },
      capacity: { ...CAPACITY, ...capacity },
      conditions: conditionsAt(timestamp(place.atMs)),
      daemonEndpoints: { kubeletEndpoint: { Port: 10_250 } },
      nodeInfo: {
        architecture: 'amd64',
        bootID: place.bootId,
        containerRuntimeVersion: 'containerd://2.1.9',
        kernelVersion: '6.1.0',
        kubeProxyVersion: '',
        kubeletVersion: VERSION,
        machineID: place.machineId,
        operatingSystem: 'linux',
        osImage: 'podproof simulator',
        systemUUID: place.machineId,
      },
    },
  }
}

function conditionsAt(now: string) {
  const since = { lastHeartbeatTime: now, lastTransitionTime: now }
  const fine = (type: string, reason: string, message: string) => ({
    ...since,
    type,
    status: 'False',
    reason,
    message,
  })
  return [
    fine('MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    fine('DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    fine('PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    {
      ...since,
      type: 'Ready',
      status: 'True',
      reason: 'KubeletReady',
      message: 'kubelet is posting ready status',
    },
  ]
}
