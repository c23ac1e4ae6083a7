// The OpenAPI document of one group and version (version 3.0).

import type { Kind } from '../../store/kind.ts'
import { structOfKind } from '../../store/schema/schema.ts'
import type { CreateOnly } from '../create-only.ts'
import type { Served } from '../route.ts'
import type { Operation } from './operations.ts'
import { groupVersionKind, operationsOf } from './operations.ts'
import type { Schema } from './schemas.ts'
import { openApiName, schemasOf } from './schemas.ts'

const PLACE = '#/components/schemas/'
const documents = new WeakMap<Served, object>()

/** Made once, when it is first asked for. */
export function documentOf(served: Served): object {
  const known = documents.get(served)
  if (known) return known
  const document = {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.2' },
    paths: pathsOf(served.kinds),
    components: { schemas: namedSchemas(served.kinds) },
  }
  documents.set(served, document)
  return document
}

function pathsOf(kinds: readonly (CreateOnly | Kind)[]): Readonly<Record<string, object>> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const kind of kinds) {
    for (const operation of operationsOf(kind)) {
      const item = (paths[operation.path] ??= { parameters: pathParameters(operation.path) })
      item[operation.method] = operationOf(kind, operation)
    }
  }
  return paths
}

function operationOf(kind: CreateOnly | Kind, { method, action, parameters }: Operation): object {
  const hasBody = method === 'post' || method === 'put' || method === 'patch'
  return {
    parameters: parameters.map((name) => ({
      name,
      in: 'query',
      schema: { type: 'string', uniqueItems: true },
    })),
    ...(hasBody && { requestBody: bodyOf(kind, method) }),
    responses: { '200': { description: 'OK' }, '401': { description: 'Unauthorized' } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': groupVersionKind(kind),
  }
}

function bodyOf(kind: CreateOnly | Kind, method: string): object {
  if (method !== 'patch') return { content: { '*/*': { schema: schemaRef(kind) } }, required: true }
  const types = ['apply-patch+yaml', 'json-patch+json', 'merge-patch+json', 'strategic-merge-patch+json']
  const content = types.map((type) => [`application/${type}`, { schema: { type: 'object' } }] as const)
  return { content: Object.fromEntries(content), required: true }
}

function schemaRef(kind: CreateOnly | Kind): Schema {
  const found = structOfKind(kind)
  return found ? { $ref: PLACE + openApiName(found.name) } : { type: 'object' }
}

function pathParameters(path: string): readonly object[] {
  const names = path.match(/(?<=\{)\w+(?=\})/g) ?? []
  return names.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', uniqueItems: true },
  }))
}

/** The schemas of the kinds, which say which kinds they are, and of everything that they are made of. */
function namedSchemas(kinds: readonly (CreateOnly | Kind)[]): Readonly<Record<string, Schema>> {
  const named = kinds.flatMap((kind) => {
    const found = structOfKind(kind)
    return found ? [{ kind, name: found.name }] : []
  })
  const schemas = {
    ...schemasOf(
      named.map(({ name }) => name),
      PLACE,
    ),
  }
  for (const { kind, name } of named) {
    const key = openApiName(name)
    schemas[key] = { ...schemas[key], 'x-kubernetes-group-version-kind': [groupVersionKind(kind)] }
  }
  return schemas
}
