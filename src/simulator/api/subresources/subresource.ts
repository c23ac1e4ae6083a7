// The doors beside the main one: which there are, and who answers them.

import { methodNotAllowed, noSuchResource } from '../../store/api-error.ts'
import type { Kind, Subresource, Verb } from '../../store/kind.ts'
import { resourceOf } from '../../store/kind.ts'
import { answerBody, answerObject } from '../answer.ts'
import type { Server } from '../api.ts'
import type { Call } from '../call.ts'
import { writeOptionsOf } from '../call.ts'
import { objectBody } from '../encoding.ts'
import type { ApiResponse, BodyResponse } from '../response.ts'
import { decodedObject } from '../verbs/create.ts'
import { get } from '../verbs/get.ts'
import { patch } from '../verbs/patch.ts'
import { update } from '../verbs/update.ts'
import { attach } from './attach.ts'
import { exec } from './exec.ts'
import { log } from './log.ts'
import { portForward } from './port-forward.ts'
import { proxy } from './proxy.ts'
import { scale } from './scale.ts'

/** A door into a container, or through the API server to somewhere else. */
export interface Connector {
  /** The methods that it takes. */
  readonly methods: readonly string[]
  connect(server: Server, call: Call): ApiResponse
}

/** Sorted by resource and name. */
const CONNECTORS: Readonly<Record<string, Connector>> = {
  'nodes/proxy': proxy,
  'pods/attach': attach,
  'pods/exec': exec,
  'pods/log': log,
  'pods/portforward': portForward,
  'pods/proxy': proxy,
  'services/proxy': proxy,
}

export function subresourceResponse(server: Server, call: Call): ApiResponse {
  const { kind, subresource = '', tail } = call.route
  const connector = connectorOf(kind, subresource)
  if (tail.length > 0 && connector !== proxy) throw noSuchResource()
  if (connector) {
    if (!connector.methods.includes(call.request.method)) throw methodNotAllowed()
    return connector.connect(server, call)
  }
  if (call.route.isWatchPath) throw noSuchResource()
  if (subresource === 'scale' && kind.scale) return scale(call, kind.scale)
  const door = kind.subresources?.find(({ name }) => name === subresource)
  if (!door) throw noSuchResource()
  return throughDoor(call, kind, door)
}

/** The connector of a door, if it is one of those. */
export function connectorOf(kind: Kind, subresource: string): Connector | undefined {
  return CONNECTORS[`${resourceOf(kind)}/${subresource}`]
}

function throughDoor(call: Call, kind: Kind, door: Subresource): BodyResponse {
  const verb = DOOR_VERBS[call.request.method]
  if (!verb || !door.verbs.includes(verb)) throw methodNotAllowed()
  switch (verb) {
    case 'get':
      return get(call)
    case 'patch':
      return patch(call)
    case 'update':
      return update(call)
    case 'create':
      return createThrough(call, kind, door)
  }
}

const DOOR_VERBS: Readonly<Record<string, Extract<Verb, 'create' | 'get' | 'patch' | 'update'>>> = {
  GET: 'get',
  PATCH: 'patch',
  POST: 'create',
  PUT: 'update',
}

function createThrough(call: Call, kind: Kind, door: Subresource): BodyResponse {
  const { namespace, name = '' } = call.route
  const options = writeOptionsOf(call, 'CreateOptions')
  const body = decodedObject(call, door.speaks ?? kind, 'CreateOptions')
  const answer = door.create?.({
    registry: call.registry,
    kind,
    ref: { namespace, name },
    body,
    context: call.registry.context(options),
    dryRun: options.dryRun ?? false,
    fieldManager: options.fieldManager,
  })
  if (!answer) throw methodNotAllowed()
  return answer.kind === kind.kind
    ? answerObject(call, 201, answer)
    : answerBody(call, 201, objectBody(answer))
}
