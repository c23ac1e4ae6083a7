// /scale: the number of replicas of a workload as an object of its own (autoscaling/v1 Scale).

import { badRequest, invalidObject, methodNotAllowed } from '../../store/api-error.ts'
import { invalid } from '../../store/field-error.ts'
import type { Scale as ScalePaths } from '../../store/kind.ts'
import type { KubeObject } from '../../store/object.ts'
import { answerBody } from '../answer.ts'
import type { Call } from '../call.ts'
import { writeOptionsOf } from '../call.ts'
import { bodyText } from '../decoding/body.ts'
import { objectBody } from '../encoding.ts'
import type { BodyResponse } from '../response.ts'
import { decodedObject } from '../verbs/create.ts'
import { getObject } from '../verbs/get.ts'
import { patched, patchTypeOf, readPatch } from '../verbs/patch.ts'

const SCALE = { group: 'autoscaling', version: 'v1', kind: 'Scale' } as const

interface Scale extends KubeObject {
  readonly spec?: { readonly replicas?: number }
}

/** Reads and writes go to the workload (pkg/registry/apps/deployment/storage/storage.go:ScaleREST). */
export function scale(call: Call, paths: ScalePaths): BodyResponse {
  switch (call.request.method) {
    case 'GET':
      return answerScale(call, paths, getObject(call))
    case 'PUT':
      return write(call, paths, 'UpdateOptions', () => decodedObject(call, SCALE, 'UpdateOptions') as Scale)
    case 'PATCH':
      return write(call, paths, 'PatchOptions', (scale) => patchedScale(call, scale))
    default:
      throw methodNotAllowed()
  }
}

function write(
  call: Call,
  paths: ScalePaths,
  optionsKind: string,
  wishedFrom: (scale: Scale) => Scale,
): BodyResponse {
  const { kind, namespace, name = '' } = call.route
  const options = writeOptionsOf(call, optionsKind)
  const make = (old: KubeObject) => {
    const wished = wishedFrom(scaleOf(paths, old))
    if (wished.metadata.name !== name) {
      throw badRequest(
        `the name of the object (${wished.metadata.name ?? ''}) does not match the name on the URL (${name})`,
      )
    }
    const replicas = wished.spec?.replicas ?? 0
    if (replicas < 0) {
      const mistake = invalid('spec.replicas', replicas, 'must be greater than or equal to 0')
      throw invalidObject(SCALE, name, [mistake])
    }
    const { resourceVersion } = wished.metadata
    const object = paths.withReplicas(old, replicas)
    return { ...object, metadata: { ...object.metadata, ...(resourceVersion && { resourceVersion }) } }
  }
  return answerScale(call, paths, call.registry.change(kind, { namespace, name }, make, options))
}

function patchedScale(call: Call, scale: Scale): Scale {
  const type = patchTypeOf(call)
  if (type === 'apply') throw badRequest('podproof does not model server-side apply of a Scale')
  return patched(call, SCALE, scale, type, readPatch(bodyText(call.request), type)) as Scale
}

function answerScale(call: Call, paths: ScalePaths, object: KubeObject): BodyResponse {
  return answerBody(call, 200, objectBody(scaleOf(paths, object)))
}

function scaleOf(paths: ScalePaths, object: KubeObject): Scale {
  const { name = '', namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const replicas = paths.specReplicas(object)
  const selector = paths.selector(object)
  return {
    kind: SCALE.kind,
    apiVersion: 'autoscaling/v1',
    metadata: {
      name,
      ...(namespace && { namespace }),
      ...(uid && { uid }),
      ...(resourceVersion && { resourceVersion }),
      ...(creationTimestamp && { creationTimestamp }),
    },
    spec: replicas ? { replicas } : {},
    status: { replicas: paths.statusReplicas(object), ...(selector && { selector }) },
  }
}
