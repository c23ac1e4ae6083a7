// expectNode(name): sentences about a node, seen by somebody who is logged in on it.

import { currentSession } from './current.ts'
import { toList } from './node/to-list.ts'
import type { ListedContainer } from './node/to-list.ts'
import type { Claim } from './sentence.ts'
import { Subject, literal } from './subject.ts'

export interface NodeClaims {
  /** Its runtime has these containers, running or not. */
  toList(...containers: ListedContainer[]): Claim
}

/** Begins a sentence about a node; `cluster.nodeOf(pod)` says on which one a Pod is. */
export function expectNode(name: string): NodeClaims {
  const node = new Subject(currentSession(), { kind: 'Node', name }, `expectNode(${literal(name)})`)
  return { toList: (...containers) => toList(node, containers) }
}
