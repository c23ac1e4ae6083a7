// Any cluster that a kubeconfig leads to.

import type { KubeConfig } from '@kubernetes/client-node'
import { LedClock } from '../time/led.ts'
import { ShiftedClock } from '../time/shifted.ts'
import { WallClock } from '../time/wall.ts'
import type { Cluster } from './cluster.ts'
import { connectionProblem, credentialProblem } from './connection-problem.ts'
import { exec } from './http/exec.ts'
import {
  CLIENT_HEADER,
  HttpLeader,
  NOW_HEADER,
  leadingTimeOf,
  newClientName,
  serverForPrograms,
} from './http/leader.ts'
import { readLog } from './http/logs.ts'
import { askRepeatedly } from './http/repeat.ts'
import { jsonOrText } from './http/stream.ts'
import { ConnectionError, Transport } from './http/transport.ts'
import { watchCollection } from './http/watch.ts'
import { loadKubeconfig } from './load-kubeconfig.ts'
import type { KubeconfigOptions } from './load-kubeconfig.ts'
import { execPath, withQuery } from './paths.ts'
import { measuredSkewMs } from './skew.ts'

/**
 * The cluster of a context, on the time of the cluster: the wall's, shifted by as much as the two disagree, or that of a
 * simulator whose time leaps. Throws EnvironmentProblem for a kubeconfig that leads nowhere.
 */
export async function kubeconfigCluster(options: KubeconfigOptions = {}): Promise<Cluster> {
  const wall = new WallClock()
  const config = await loadKubeconfig(options, wall.now())
  const context = config.getCurrentContext()
  const { server = '', proxyUrl } = config.getCurrentCluster() ?? {}
  const client = newClientName()
  let led: LedClock | undefined
  const transport = new Transport({
    server: new URL(server),
    credentials: () => credentialsOf(config, context),
    isProxied: proxyUrl !== undefined,
    headers: { [CLIENT_HEADER]: client },
    onHeaders: (headers) => led?.heard(Number(headers[NOW_HEADER] ?? 0)),
    hold: () => led?.hold() ?? (() => {}),
  })
  const leader = new HttpLeader(transport, () => led?.restart())
  try {
    const leadingMs = await leadingTimeOf(transport)
    if (leadingMs !== undefined) {
      led = new LedClock(leader, leadingMs)
      await leader.take()
    }
    const clock = led ?? new ShiftedClock(wall, await measuredSkewMs(transport, wall))
    return clusterOf({ name: `kubeconfig:${context}`, config, client, transport, clock, leader, led })
  } catch (error) {
    transport.close()
    throw error instanceof ConnectionError ? connectionProblem(error, server, context) : error
  }
}

interface Parts {
  readonly name: string
  readonly config: KubeConfig
  readonly client: string
  readonly transport: Transport
  readonly clock: Cluster['clock']
  readonly leader: HttpLeader
  readonly led: LedClock | undefined
}

function clusterOf({ name, config, client, transport, clock, leader, led }: Parts): Cluster {
  const wall = new WallClock()
  const onStreamed = led && ((bytes: number) => led.streamed(bytes))
  return {
    name,
    server: transport.server.origin,
    clock,
    request: async (method, path, body, { query, contentType = 'application/json', accept } = {}) => {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
      const headers = {
        ...(text !== undefined && { 'content-type': contentType }),
        ...(accept !== undefined && { accept }),
      }
      const answer = await askRepeatedly(transport, wall, {
        method,
        path: withQuery(path, query),
        body: text,
        headers,
      })
      return {
        status: answer.status,
        body: jsonOrText(answer.text),
        warnings: warningsOf(answer.headers['warning']),
      }
    },
    watch: (path, watchOptions, onEvent) =>
      watchCollection({
        transport,
        clock,
        path,
        options: watchOptions,
        onEvent,
        ...(led && { stamps: led }),
      }),
    logs: (target, logOptions, onLine) =>
      readLog({ transport, wall, target, options: logOptions, onLine, onStreamed }),
    exec: (target, command, { stdin } = {}) =>
      exec(transport, execPath(target, command, stdin !== undefined), stdin, onStreamed),
    ...(led && { own: () => led.own() }),
    kubeConfig: () => Promise.resolve(led ? configForPrograms(config, client) : config.exportConfig()),
    close: () => {
      leader.close()
      return Promise.resolve(transport.close())
    },
  }
}

/** The kubeconfig of programs that are started under a clock that is led. */
function configForPrograms(config: KubeConfig, client: string): string {
  const text = config.exportConfig()
  const { server } = config.getCurrentCluster() ?? {}
  return server === undefined
    ? text
    : text.replaceAll(JSON.stringify(server), JSON.stringify(serverForPrograms(server, client)))
}

/** Certificates, tokens, what a credential plugin answers. Throws EnvironmentProblem for a plugin that fails. */
async function credentialsOf(config: KubeConfig, context: string) {
  const options = {}
  try {
    await config.applyToHTTPSOptions(options)
  } catch (error) {
    throw credentialProblem(error, context)
  }
  return options
}

function warningsOf(header: string | readonly string[] | undefined): readonly string[] {
  const text = typeof header === 'string' ? header : (header ?? []).join(', ')
  return [...text.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, quoted = '']) =>
    quoted.replace(/\\(.)/g, '$1'),
  )
}
