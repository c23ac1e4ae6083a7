// The messages that clients send in Kubernetes' protobuf, by group and version: which field has which number.

import { apps } from './apps.ts'
import { authentication } from './authentication.ts'
import { authorization } from './authorization.ts'
import { autoscalingV1 } from './autoscaling-v1.ts'
import { autoscalingV2 } from './autoscaling-v2.ts'
import { batch } from './batch.ts'
import { coordination } from './coordination.ts'
import { corePod } from './core-pod.ts'
import { coreVolumes } from './core-volumes.ts'
import { core } from './core.ts'
import { meta } from './meta.ts'
import { networking } from './networking.ts'
import { policy } from './policy.ts'
import { rbac } from './rbac.ts'
import { scheduling } from './scheduling.ts'

/**
 * Messages by name: `name number type` for each field, separated by commas. A type is `string`, `int`, `bool`, `bytes`
 * or a message (of the same group unless it says another); `[]` is a list, `map T` a map from strings, `?` a pointer, whose
 * zero is a value of its own. A field called `...` lies inline in its parent's JSON. Numbers as in the published
 * `generated.proto` files of k8s.io/api and k8s.io/apimachinery.
 */
export type Messages = Readonly<Record<string, string>>

/** One field. */
export interface Field {
  readonly name: string
  readonly type: string
  readonly shape: 'list' | 'map' | 'pointer' | 'value'
}

/** The fields of a message by their numbers. */
export type Message = ReadonlyMap<number, Field>

const GROUPS: Readonly<Record<string, Messages>> = {
  'apps/v1': apps,
  'authentication/v1': authentication,
  'authorization/v1': authorization,
  'autoscaling/v1': autoscalingV1,
  'autoscaling/v2': autoscalingV2,
  'batch/v1': batch,
  'coordination/v1': coordination,
  'core/v1': { ...core, ...corePod, ...coreVolumes },
  'meta/v1': meta,
  'networking/v1': networking,
  'policy/v1': policy,
  'rbac/v1': rbac,
  'scheduling/v1': scheduling,
}

const parsed = new Map<string, Message>()

/** The message of a full name, `core/v1.Pod`; undefined if it is not known. */
export function messageOf(name: string): Message | undefined {
  const known = parsed.get(name)
  if (known) return known
  const at = name.lastIndexOf('.')
  const group = name.slice(0, at)
  const text = GROUPS[group]?.[name.slice(at + 1)]
  if (text === undefined) return undefined
  const message = new Map(text.split(',').map((field) => fieldOf(field.trim(), group)))
  parsed.set(name, message)
  return message
}

/** Types that are no messages of a group: scalars, and what JSON writes in a way of its own. */
const SPECIAL = new Set([
  'bool', 'bytes', 'double', 'int', 'string',
  'Duration', 'FieldsV1', 'IntOrString', 'MicroTime', 'Quantity', 'RawExtension', 'Status', 'Time',
]) // prettier-ignore

function fieldOf(text: string, group: string): readonly [number, Field] {
  const [, name = '', number, map, type = '', suffix] =
    /^(\S+) (\d+) (map )?([\w./]+)(\[\]|\?)?$/.exec(text) ?? []
  const shape = map ? 'map' : suffix === '[]' ? 'list' : suffix === '?' ? 'pointer' : 'value'
  const isFull = type.includes('.') || SPECIAL.has(type)
  return [Number(number), { name, type: isFull ? type : `${group}.${type}`, shape }]
}
