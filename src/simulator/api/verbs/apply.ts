// PATCH with an apply configuration: server-side apply.

import { badRequest, invalidObject, notFoundError, plainFailure } from '../../store/api-error.ts'
import { invalid } from '../../store/field-error.ts'
import type { Kind } from '../../store/kind.ts'
import { apiVersionOf } from '../../store/kind.ts'
import { applied } from '../../store/managed-fields/apply.ts'
import type { KubeObject } from '../../store/object.ts'
import { structOfKind } from '../../store/schema/schema.ts'
import type { UpdateOptions } from '../../store/verbs/update.ts'
import { answerObject } from '../answer.ts'
import type { Call } from '../call.ts'
import { inNamespace } from '../call.ts'
import { bodyText } from '../decoding/body.ts'
import { conform, ConformError } from '../decoding/conform.ts'
import type { ReadYaml } from '../decoding/yaml-text.ts'
import { readYamlText, YamlTextError } from '../decoding/yaml-text.ts'
import type { BodyResponse } from '../response.ts'

/** Creates the object if it does not exist; a configuration through a subresource needs it to. */
export function apply(call: Call, options: UpdateOptions): BodyResponse {
  const { registry, route, query } = call
  const { kind, namespace, name = '', subresource } = route
  const config = configOf(call, kind)
  const fieldManager = options.fieldManager ?? ''
  const force = query.flag('force') ?? false
  const settle = (live: KubeObject | undefined) =>
    typed(
      applied(kind, live, config, { fieldManager, subresource, force, atMs: call.timers.now() }),
      kind,
      name,
    )
  const ref = { namespace, name }
  const live = registry.find(kind, ref)
  if (!live) {
    if (subresource !== undefined) throw notFoundError(kind, name)
    const { uid } = config.metadata
    if (uid) throw missingUid(kind, name, uid)
    return answerObject(
      call,
      201,
      registry.create(kind, withoutVersion(settle(undefined)), { ...options, isApplied: true }),
    )
  }
  refuseOtherUid(kind, config, live)
  return answerObject(call, 200, registry.change(kind, ref, settle, { ...options, isApplied: true }))
}

function configOf(call: Call, kind: Kind): KubeObject {
  const { namespace, name = '' } = call.route
  const { value } = readConfig(bodyText(call.request))
  refuseOtherKind(value, kind)
  const { metadata } = value as Partial<KubeObject>
  if (metadata?.managedFields) throw badRequest('metadata.managedFields must be nil')
  const config = typed(value, kind, name)
  if (config.metadata.name !== undefined && config.metadata.name !== name) {
    throw badRequest(
      `the name of the object (${config.metadata.name}) does not match the name on the URL (${name})`,
    )
  }
  if (config.metadata.namespace && namespace && config.metadata.namespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  }
  return inNamespace({ ...config, metadata: { ...config.metadata, name } }, namespace)
}

function readConfig(text: string): ReadYaml {
  try {
    return readYamlText(text)
  } catch (error) {
    if (!(error instanceof YamlTextError)) throw error
    throw badRequest(`error decoding YAML: error converting YAML to JSON: ${error.message}`)
  }
}

function refuseOtherKind(value: unknown, kind: Kind): void {
  const { apiVersion = '', kind: name = '' } = (value ?? {}) as Partial<KubeObject>
  if (apiVersion === apiVersionOf(kind) && name === kind.kind) return
  const version = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`
  throw badRequest(`invalid object type: ${version}, Kind=${name}`)
}

/** The configuration with the types of its kind; an unknown field is a 500 here, whatever fieldValidation says. */
function typed(value: unknown, kind: Kind, name: string): KubeObject {
  const struct = structOfKind(kind)
  const head = `failed to create typed patch object (/${name}; ${kind.group}/${kind.version}, Kind=${kind.kind}): `
  try {
    const result = struct ? conform(value, struct, new Map()) : { value, unknown: [] }
    const [unknown] = result.unknown
    if (unknown !== undefined) throw plainFailure(`${head}.${unknown}: field not declared in schema`)
    return { metadata: {}, ...(result.value as object), apiVersion: apiVersionOf(kind), kind: kind.kind }
  } catch (error) {
    if (error instanceof ConformError) throw plainFailure(head + error.message)
    throw error
  }
}

function withoutVersion<T extends KubeObject>(object: T): T {
  const { resourceVersion: _, ...metadata } = object.metadata
  return { ...object, metadata }
}

function refuseOtherUid(kind: Kind, { metadata }: KubeObject, live: KubeObject): void {
  if (!metadata.uid || metadata.uid === live.metadata.uid) return
  throw invalidObject(kind, metadata.name ?? '', [
    invalid('metadata.uid', metadata.uid, 'field is immutable'),
  ])
}

/** A uid names one object, which is not there any more. */
function missingUid(kind: Kind, name: string, uid: string) {
  return invalidObject(kind, name, [
    invalid('metadata.uid', uid, 'uid mismatch: the provided object specified uid'),
  ])
}
