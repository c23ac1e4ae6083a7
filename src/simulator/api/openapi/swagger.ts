// Everything in one OpenAPI document of version 2, for older clients.

import type { Kind } from '../../store/kind.ts'
import { structOfKind } from '../../store/schema/schema.ts'
import type { CreateOnly } from '../create-only.ts'
import type { Served } from '../route.ts'
import type { Operation } from './operations.ts'
import { groupVersionKind, operationsOf } from './operations.ts'
import type { Schema } from './schemas.ts'
import { openApiName, schemasOf } from './schemas.ts'

const PLACE = '#/definitions/'
const documents = new WeakMap<readonly Served[], object>()

/** Made once, when it is first asked for. */
export function swaggerOf(served: readonly Served[]): object {
  const known = documents.get(served)
  if (known) return known
  const kinds = served.flatMap(({ kinds: some }) => some)
  const document = {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: 'v1.36.2' },
    paths: pathsOf(kinds),
    definitions: definitionsOf(kinds),
  }
  documents.set(served, document)
  return document
}

function pathsOf(kinds: readonly (CreateOnly | Kind)[]): Readonly<Record<string, object>> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const kind of kinds) {
    for (const operation of operationsOf(kind)) {
      const item = (paths[operation.path] ??= {})
      item[operation.method] = operationOf(kind, operation)
    }
  }
  return paths
}

function operationOf(kind: CreateOnly | Kind, { action, parameters, method }: Operation): object {
  const query = parameters.map((name) => ({ name, in: 'query', type: 'string', uniqueItems: true }))
  const hasBody = method === 'post' || method === 'put' || method === 'patch'
  const body = hasBody ? [{ name: 'body', in: 'body', required: true, schema: { type: 'object' } }] : []
  return {
    parameters: [...body, ...query],
    responses: { '200': { description: 'OK' }, '401': { description: 'Unauthorized' } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': groupVersionKind(kind),
  }
}

function definitionsOf(kinds: readonly (CreateOnly | Kind)[]): Readonly<Record<string, Schema>> {
  const named = kinds.flatMap((kind) => {
    const found = structOfKind(kind)
    return found ? [{ kind, name: found.name }] : []
  })
  const definitions = {
    ...schemasOf(
      named.map(({ name }) => name),
      PLACE,
    ),
  }
  for (const { kind, name } of named) {
    const key = openApiName(name)
    definitions[key] = { ...definitions[key], 'x-kubernetes-group-version-kind': [groupVersionKind(kind)] }
  }
  return definitions
}
