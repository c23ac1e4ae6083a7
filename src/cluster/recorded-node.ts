// The cluster on whose node the recordings of Kubernetes v1.36.2 were made, as far as it is a choice of its owner.

import { imagesWith, type simulatorCluster } from './simulator.ts'

type SimulatorOptions = NonNullable<Parameters<typeof simulatorCluster>[0]>

/** Later tags of busybox, all of which that node has as names of the oldest image. */
const BUSYBOX_TAGS = '1.29 1.30 1.31 1.32 1.33 1.34 1.35 1.36 1.36.1 1.37 1.37.0 latest stable'.split(' ')

/** One node, whose name scenarios use, with the images that lay on it (the README of the recordings). */
export function recordedNode(): Pick<SimulatorOptions, 'nodes' | 'images'> {
  const names = BUSYBOX_TAGS.map((tag) => [`busybox:${tag}`, 'busybox:1.28'] as const)
  return { nodes: [{ name: 'node1' }], images: imagesWith(Object.fromEntries(names)) }
}
