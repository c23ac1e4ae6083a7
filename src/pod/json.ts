// Kubernetes objects as they travel: client-node's types, with instants as texts and nothing writable.

import type {
  V1Condition,
  V1Container,
  V1ContainerStatus,
  V1EphemeralContainer,
  V1Node,
  V1ObjectMeta,
  V1Pod,
  V1PodSpec,
  V1PodStatus,
  V1PodTemplateSpec,
} from '@kubernetes/client-node'

/**
 * What a server sends for one of client-node's model types. Two things differ from the model: instants are ISO texts
 * (`2026-11-22T08:31:19Z`), not Dates, and fields which client-node renames (`_from`) have their own names again.
 * Everything is readonly: a stored object never changes.
 */
export type Json<T> = T extends Date
  ? string
  : T extends readonly (infer E)[]
    ? readonly Json<E>[]
    : T extends object
      ? { readonly [K in keyof T as K extends `_${infer Name}` ? Name : K]: Json<T[K]> }
      : T

/** The kinds of which everybody reads something. */
export type Condition = Json<V1Condition>
export type Container = Json<V1Container>
export type ContainerStatus = Json<V1ContainerStatus>
export type EphemeralContainer = Json<V1EphemeralContainer>
export type Node = Json<V1Node>
export type ObjectMeta = Json<V1ObjectMeta>
export type Pod = Json<V1Pod>
export type PodSpec = Json<V1PodSpec>
export type PodStatus = Json<V1PodStatus>
export type PodTemplateSpec = Json<V1PodTemplateSpec>
