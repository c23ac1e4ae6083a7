// Any cluster that a kubeconfig leads to.

import type { KubeConfig } from '@kubernetes/client-node'
import { WallClock } from '../time/wall.ts'
import type { Cluster } from './cluster.ts'
import { exec } from './http/exec.ts'
import { askPatiently } from './http/retry.ts'
import { jsonOrText, stream } from './http/stream.ts'
import { Transport } from './http/transport.ts'
import { watchCollection } from './http/watch.ts'
import { LogLines } from './log-lines.ts'
import { execPath, logPath, withQuery } from './paths.ts'

export interface KubeconfigOptions {
  /** A file; KUBECONFIG and ~/.kube/config, or the service account of the Pod that this runs in, without it. */
  readonly file?: string
  /** The text of a kubeconfig, in place of a file. */
  readonly text?: string
  readonly context?: string
}

/** The cluster of a context. Nothing is asked of it yet. Throws an Error for a context that does not exist. */
export async function kubeconfigCluster(options: KubeconfigOptions = {}): Promise<Cluster> {
  const config = await load(options)
  const context = config.getCurrentContext()
  const server = config.getCurrentCluster()
  if (!server) throw new Error(`the kubeconfig has no cluster for the context "${context}"`)
  const clock = new WallClock()
  const transport = new Transport(
    new URL(server.server),
    () => credentialsOf(config),
    server.proxyUrl !== undefined,
  )
  return {
    name: `kubeconfig:${context}`,
    clock,
    request: async (method, path, body, { query, contentType = 'application/json', accept } = {}) => {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
      const headers = {
        ...(text !== undefined && { 'content-type': contentType }),
        ...(accept !== undefined && { accept }),
      }
      const answer = await askPatiently(transport, clock, {
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
      watchCollection({ transport, clock, path, options: watchOptions, onEvent }),
    logs: (target, logOptions, onLine) =>
      stream(transport, logPath(target, logOptions), new LogLines(onLine)),
    exec: (target, command, { stdin } = {}) =>
      exec(transport, execPath(target, command, stdin !== undefined), stdin),
    kubeConfig: () => Promise.resolve(config.exportConfig()),
    close: () => Promise.resolve(transport.close()),
  }
}

/** client-node takes a second to load: only whoever wants a real cluster waits for it. */
async function load({ file, text, context }: KubeconfigOptions): Promise<KubeConfig> {
  const { KubeConfig: Config } = await import('@kubernetes/client-node')
  const config = new Config()
  if (text !== undefined) config.loadFromString(text)
  else if (file === undefined) config.loadFromDefault()
  else config.loadFromFile(file)
  if (context === undefined) return config
  const names = config.getContexts().map(({ name }) => name)
  if (!names.includes(context))
    throw new Error(`the kubeconfig has no context "${context}"; it has ${names.join(', ')}`)
  config.setCurrentContext(context)
  return config
}

async function credentialsOf(config: KubeConfig) {
  const options = {}
  await config.applyToHTTPSOptions(options)
  return options
}

function warningsOf(header: string | readonly string[] | undefined): readonly string[] {
  const text = typeof header === 'string' ? header : (header ?? []).join(', ')
  return [...text.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, quoted = '']) =>
    quoted.replace(/\\(.)/g, '$1'),
  )
}
