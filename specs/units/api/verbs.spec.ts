import { expect } from 'chai'
import { json, world } from './world.ts'

const NOTES = '/api/v1/namespaces/shop/configmaps'
const DEPLOYMENTS = '/apis/apps/v1/namespaces/shop/deployments'

interface Refusal {
  readonly message: string
  readonly code: number
}

function refusal(
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
): string {
  const { send } = world()
  send('POST', NOTES, { metadata: { name: 'a' }, data: { x: '1' } })
  const { code, message } = json<Refusal>(send(method, path, body, headers))
  return `${code} ${message}`
}

describe('A refusal', () => {
  const strict = `${NOTES}?fieldValidation=Strict`
  const cases = [
    ['GET', `${NOTES}/nope`, undefined, '404 configmaps "nope" not found'],
    [
      'GET',
      '/api/v1/namespaces/shop/foos',
      undefined,
      '404 the server could not find the requested resource',
    ],
    ['PUT', NOTES, undefined, '405 the server does not allow this method on the requested resource'],
    ['POST', NOTES, { metadata: { name: 'a' } }, '409 configmaps "a" already exists'],
    [
      'POST',
      NOTES,
      { metadata: {} },
      '422 ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    ],
    [
      'POST',
      NOTES,
      { metadata: { name: 'b', namespace: 'x' } },
      '400 the namespace of the provided object does not match the namespace sent on the request',
    ],
    [
      'POST',
      NOTES,
      { metadata: { name: 5 } },
      '400 ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string',
    ],
    [
      'POST',
      NOTES,
      { kind: 'Pod' },
      '400 Pod in version "v1" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion',
    ],
    [
      'POST',
      NOTES,
      '{',
      "400 the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input ({)",
    ],
    [
      'POST',
      strict,
      { metadata: { name: 'b' }, foo: 1 },
      '400 ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "foo"',
    ],
    [
      'POST',
      strict,
      '{"metadata":{"name":"b","name":"c"}}',
      '400 ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: duplicate field "metadata.name"',
    ],
    [
      'PUT',
      `${NOTES}/a`,
      { metadata: { name: 'b' } },
      '400 the name of the object (b) does not match the name on the URL (a)',
    ],
    [
      'GET',
      `${NOTES}?labelSelector=a+in+(x`,
      undefined,
      "400 unable to parse requirement: found '', expected: ',' or ')'",
    ],
    [
      'GET',
      `${NOTES}?fieldSelector=spec.x%3D1`,
      undefined,
      '400 "spec.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
    [
      'GET',
      `${NOTES}?resourceVersion=99`,
      undefined,
      '504 Timeout: Too large resource version: 99, current: 1',
    ],
  ] as const
  for (const [method, path, body, expected] of cases) {
    it(`of ${method} ${path} ${JSON.stringify(body) ?? ''} says ${expected.slice(0, 60)}`, () => {
      expect(refusal(method, path, body)).to.equal(expected)
    })
  }

  it('of an unknown group is plain text', () => {
    const response = world().send('GET', '/apis/nope.example.com/v1/things')
    expect(response.is === 'body' && [response.status, response.body.value]).to.deep.equal([
      404,
      '404 page not found\n',
    ])
  })

  it('of a media type that nobody speaks names those that are spoken', () => {
    expect(refusal('GET', `${NOTES}/a`, undefined, { accept: 'application/xml' })).to.equal(
      '406 406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    )
  })
})

describe('The API server', () => {
  it('warns of unknown fields and drops them, unless told otherwise', () => {
    const response = world().send('POST', NOTES, { metadata: { name: 'a' }, foo: 1 })
    expect(response.headers.warning).to.deep.equal(['299 - "unknown field \\"foo\\""'])
    expect(json(response)).not.to.have.property('foo')
  })

  it('shows objects as rows to those who ask for a Table', () => {
    const { send } = world()
    send('POST', NOTES, { metadata: { name: 'a' } })
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'
    const table = json<{ kind: string; rows: { cells: unknown[] }[] }>(
      send('GET', NOTES, undefined, { accept }),
    )
    expect([table.kind, table.rows[0]?.cells]).to.deep.equal(['Table', ['a', '2026-11-22T08:31:19Z']])
  })

  it('scales through the door of that name', () => {
    const { send } = world()
    send('POST', DEPLOYMENTS, { metadata: { name: 'd' }, spec: { replicas: 1 } })
    const patch = { 'content-type': 'application/merge-patch+json' }
    const scale = json<{ kind: string; spec: object }>(
      send('PATCH', `${DEPLOYMENTS}/d/scale`, { spec: { replicas: 3 } }, patch),
    )
    const { spec } = json<{ spec: { replicas: number } }>(send('GET', `${DEPLOYMENTS}/d`))
    expect([scale.kind, scale.spec, spec.replicas]).to.deep.equal(['Scale', { replicas: 3 }, 3])
  })

  it('applies what does not exist by creating it', () => {
    const { send } = world()
    const headers = { 'content-type': 'application/apply-patch+yaml' }
    const yaml = 'apiVersion: v1\nkind: ConfigMap\ndata: {x: "1"}\n'
    const response = send('PATCH', `${NOTES}/a?fieldManager=me`, yaml, headers)
    const { metadata, data } = json<{ metadata: { name: string }; data: object }>(response)
    expect([response.status, metadata.name, data]).to.deep.equal([201, 'a', { x: '1' }])
  })

  it('deletes what a selector selects, and answers what that was', () => {
    const { send } = world()
    for (const name of ['a', 'b']) send('POST', NOTES, { metadata: { name, labels: { [name]: '' } } })
    const deleted = json<{ items: { metadata: { name: string } }[] }>(
      send('DELETE', `${NOTES}?labelSelector=a`),
    )
    const left = json<{ items: unknown[] }>(send('GET', NOTES))
    expect([deleted.items.map(({ metadata }) => metadata.name), left.items.length]).to.deep.equal([['a'], 1])
  })

  it('answers in YAML to those who ask for it', () => {
    const { send } = world()
    const response = send('GET', '/version', undefined, { accept: 'application/json' })
    send('POST', NOTES, { metadata: { name: 'a' }, data: { x: '1' } })
    const yaml = send('GET', `${NOTES}/a`, undefined, { accept: 'application/yaml' })
    const text = yaml.is === 'body' ? Buffer.from(yaml.body.bytes()).toString() : ''
    expect([response.status, text.split('\n').slice(0, 4)]).to.deep.equal([
      200,
      ['apiVersion: v1', 'data:', '  x: "1"', 'kind: ConfigMap'],
    ])
  })

  it('says in discovery and OpenAPI what it serves', () => {
    const { send } = world()
    const { resources } = json<{ resources: { name: string }[] }>(send('GET', '/apis/apps/v1'))
    const { paths } = json<{ paths: Record<string, { serverRelativeURL: string }> }>(
      send('GET', '/openapi/v3'),
    )
    const document = json<{ paths: Record<string, { patch: { parameters: { name: string }[] } }> }>(
      send('GET', paths['apis/apps/v1']?.serverRelativeURL ?? ''),
    )
    const { patch } = document.paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}'] ?? {}
    expect(resources.map(({ name }) => name)).to.deep.equal([
      'deployments',
      'deployments/scale',
      'deployments/status',
    ])
    expect(patch?.parameters.map(({ name }) => name)).to.include('fieldValidation')
  })
})
