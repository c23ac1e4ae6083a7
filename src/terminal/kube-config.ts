// The kubeconfig of a terminal: the cluster's, with the context in the terminal's namespace.

import { parse, stringify } from 'yaml'

interface KubeConfig {
  readonly 'current-context'?: string
  readonly clusters?: readonly { readonly name: string; readonly cluster: { readonly server?: string } }[]
  readonly contexts?: readonly {
    readonly name: string
    readonly context: Readonly<Record<string, unknown>>
  }[]
}

/** The text with `namespace` in its current context; unchanged without one. */
export function withNamespace(text: string, namespace: string | undefined): string {
  if (namespace === undefined) return text
  const config = parse(text) as KubeConfig
  const contexts = config.contexts?.map((entry) =>
    entry.name === config['current-context'] ? { ...entry, context: { ...entry.context, namespace } } : entry,
  )
  return stringify({ ...config, contexts })
}

/** The host name of the API server of the current context; undefined where there is none. */
export function serverHost(text: string): string | undefined {
  const config = parse(text) as KubeConfig
  const current = config.contexts?.find(({ name }) => name === config['current-context'])
  const cluster = config.clusters?.find(({ name }) => name === current?.context['cluster'])
  const server = cluster?.cluster.server
  return server !== undefined && URL.canParse(server) ? new URL(server).hostname : undefined
}

/** The namespace of the current context; undefined where there is none, or where the text is no kubeconfig. */
export function namespaceIn(text: string | undefined): string | undefined {
  try {
    const config = parse(text ?? '') as KubeConfig | null
    const current = config?.contexts?.find(({ name }) => name === config['current-context'])
    const namespace = current?.context['namespace']
    return typeof namespace === 'string' ? namespace : undefined
  } catch {
    return undefined // Whatever a terminal has written over its kubeconfig is not believed.
  }
}
