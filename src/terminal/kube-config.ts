// The kubeconfig of a terminal: the cluster's, with the context in the terminal's namespace.

import { parse, stringify } from 'yaml'

interface KubeConfig {
  readonly 'current-context'?: string
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
