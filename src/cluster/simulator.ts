// The embedded simulator as a cluster: requests are function calls, events arrive at their very instant, no socket is opened.

import { Latch } from '../time/latch.ts'
import { Outside } from '../simulator/api/http/outside.ts'
import type { OutsideOptions } from '../simulator/api/http/outside.ts'
import type { ExecResult } from '../simulator/api/node-streams.ts'
import type { ApiResponse } from '../simulator/api/response.ts'
import { alsoKnownAs } from '../simulator/images/also-known-as.ts'
import type { Image } from '../simulator/images/image.ts'
import { images } from '../simulator/images/images.ts'
import { simulator } from '../simulator/simulator.ts'
import type { Simulator, SimulatorOptions } from '../simulator/simulator.ts'
import type {
  Cluster,
  ClusterResponse,
  Execution,
  KubeObject,
  NodeAccess,
  Status,
  Streaming,
} from './cluster.ts'
import { LogLines } from './log-lines.ts'
import { execPath, logPath, watchPath, withQuery } from './paths.ts'

/** A cluster of its own, in this process. The same options give the same history, to the byte. */
export function simulatorCluster(options: SimulatorOptions = {}, access: Access = {}): Cluster {
  return clusterOf(simulator(options), access)
}

/** The images of a simulator under further names, each of which stands for one that it has. Throws for one that it has not. */
export function imagesWith(names: Readonly<Record<string, string>>): readonly Image[] {
  return alsoKnownAs(images, names)
}

/** How outside clients reach the simulator once somebody asks for its kubeconfig. */
export type Access = Pick<OutsideOptions, 'port' | 'tls'>

/** The port to a simulator that somebody else made, and still owns. */
export function clusterOf(simulated: Simulator, access: Access = {}): Cluster {
  const { api, clock } = simulated
  const outside = new Outside({ ...access, api, clock })
  return {
    name: 'simulator',
    clock,
    request: (method, path, body, { query, contentType = 'application/json', accept } = {}) => {
      const headers = {
        'content-type': contentType,
        'user-agent': 'podproof',
        ...(accept !== undefined && { accept }),
      }
      const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
      return Promise.resolve(
        answerOf(api.handle({ method, path: withQuery(path, query), headers, body: text })),
      )
    },
    watch: (path, options, onEvent) => {
      const response = api.handle({ method: 'GET', path: watchPath(path, options) })
      if (response.is !== 'watch') return refused(response)
      return streaming((end) =>
        response.open({
          event: ({ type, object }) => {
            if (type !== 'BOOKMARK')
              onEvent({
                type: type === 'ERROR' ? 'GAP' : type,
                object: object as KubeObject,
                atMs: clock.now(),
              })
          },
          end,
        }),
      )
    },
    logs: (target, options, onLine) => {
      const response = api.handle({ method: 'GET', path: logPath(target, options) })
      if (response.is !== 'stream') return refused(response)
      const lines = new LogLines(onLine)
      return streaming((end) =>
        response.open({
          write: (chunk) => lines.write(chunk),
          end: () => {
            lines.end()
            end()
          },
        }),
      )
    },
    exec: (target, command, { stdin } = {}) =>
      execution(
        api.handle({
          method: 'POST',
          path: execPath(target, command, stdin !== undefined),
          headers: { connection: 'Upgrade', upgrade: 'websocket' },
        }),
        stdin,
      ),
    node: nodeAccess(simulated),
    kubeConfig: () => outside.kubeConfig(),
    own: () => outside.own(),
    close: async () => {
      await outside.close()
      simulated.close()
    },
  }
}

function nodeAccess({ nodes, store }: Simulator): NodeAccess {
  const nodeOf = (name: string) => {
    const found = nodes.find((node) => node.name === name)
    if (found) return found
    throw new Error(`there is no node "${name}"; there are ${nodes.map((node) => node.name).join(', ')}`)
  }
  const uidOf = (namespace: string, name: string) => {
    const uid = store.get('pods', { namespace, name })?.metadata.uid
    if (uid !== undefined) return uid
    throw new Error(`there is no pod "${name}" in namespace ${namespace}`)
  }
  return {
    containers: (name) => Promise.resolve(nodeOf(name).containers()),
    log: (namespace, name, container) => {
      const { metadata, spec } = store.get('pods', { namespace, name }) ?? {}
      const nodeName = (spec as { readonly nodeName?: string } | undefined)?.nodeName
      return Promise.resolve(nodeName ? nodeOf(nodeName).log(metadata?.uid ?? '', container) : [])
    },
    stopKubelet: (name) => Promise.resolve(nodeOf(name).stopKubelet()),
    startKubelet: (name) => Promise.resolve(nodeOf(name).startKubelet()),
    killSandbox: async (namespace, pod) => {
      const uid = uidOf(namespace, pod)
      for (const node of nodes) node.killSandbox(uid)
    },
    removeExited: async (namespace, pod, container) => {
      const uid = uidOf(namespace, pod)
      for (const node of nodes) node.removeExited(uid, container)
    },
    watch: (onStep) => {
      const stops = nodes.map((node) => node.watch(onStep))
      return () => stops.forEach((stop) => stop())
    },
  }
}

function answerOf(response: ApiResponse): ClusterResponse {
  if (response.is !== 'body')
    throw new Error(`expected an answer, got a ${response.is}: use watch, logs or exec`)
  const { warning = [] } = response.headers
  const warnings = typeof warning === 'string' ? [warning] : warning
  return { status: response.status, body: response.body.value, warnings: warnings.map(warningText) }
}

/** `299 - "text"` */
function warningText(header: string): string {
  return /^299 \S+ (".*")$/.exec(header)?.[1]?.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1') ?? header
}

/** Opens a stream and lets it end by itself or be stopped. */
function streaming(open: (end: () => void) => () => void): Streaming {
  const end = new Latch()
  const hangUp = open(() => end.settle())
  return {
    end,
    failure: undefined,
    stop: () => {
      if (!end.isSettled) hangUp()
      end.settle()
    },
  }
}

function refused(response: ApiResponse): Streaming {
  const end = new Latch()
  end.settle()
  return { end, failure: response.is === 'body' ? statusIn(response.body.value) : undefined, stop: () => {} }
}

function statusIn(value: unknown): Status {
  return typeof value === 'string' ? { message: value } : (value as Status)
}

function execution(response: ApiResponse, stdin: string | undefined): Execution {
  if (response.is !== 'connection')
    return { ...refused(response), stdout: '', stderr: '', exitCode: undefined }
  const { connection } = response
  const end = new Latch()
  const output: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] }
  let result: ExecResult | undefined
  connection.open({
    stdout: (chunk) => output.stdout.push(Buffer.from(chunk)),
    stderr: (chunk) => output.stderr.push(Buffer.from(chunk)),
    end: (ended) => {
      result = ended
      end.settle()
    },
  })
  if (stdin !== undefined) connection.stdin(Buffer.from(stdin))
  if (stdin !== undefined) connection.closeStdin()
  return {
    end,
    get stdout() {
      return Buffer.concat(output.stdout).toString()
    },
    get stderr() {
      return Buffer.concat(output.stderr).toString()
    },
    get exitCode() {
      return result?.is === 'exit' ? result.code : undefined
    },
    get failure() {
      return result?.is === 'failure' ? { message: result.message } : undefined
    },
    stop: () => {
      if (!end.isSettled) connection.hangUp()
    },
  }
}
