// Names objects on a page: `pod/x`, whether a command says `po x`, a row says `pod/x`, or an answer `pod "x" created`.

import type { CommandStep } from '../page.ts'

/** The short and plural names that pages use (pkg/registry/core/.../strategy.go: ShortNames). */
const SINGULAR: Readonly<Record<string, string>> = {
  cj: 'cronjob',
  cm: 'configmap',
  deploy: 'deployment',
  ds: 'daemonset',
  ep: 'endpoints',
  ev: 'event',
  ing: 'ingress',
  no: 'node',
  ns: 'namespace',
  pdb: 'poddisruptionbudget',
  po: 'pod',
  pv: 'persistentvolume',
  pvc: 'persistentvolumeclaim',
  rc: 'replicationcontroller',
  rs: 'replicaset',
  sa: 'serviceaccount',
  sts: 'statefulset',
  svc: 'service',
}

/** A resource's singular name: `po`, `pods` and `pods.v1` are `pod`. */
export function singularOf(resource: string): string {
  const [name = ''] = resource.toLowerCase().split('.')
  return SINGULAR[name] ?? (name === 'endpoints' ? name : name.replace(/(?<=ss)es$|(?<=[^s])s$/, ''))
}

/** `pod/x`, out of the resource that was asked for and a name, which may carry a resource of its own; else undefined. */
export function objectKey(resource: string | undefined, name: string): string | undefined {
  const [prefix, rest] = name.split('/')
  if (rest !== undefined) return `${singularOf(prefix ?? '')}/${rest}`
  return resource !== undefined && name !== '' ? `${singularOf(resource)}/${name}` : undefined
}

/** Flags of `get` whose value is the next word. */
const VALUE_FLAGS =
  /^(?:-[fkLlno]|--(?:field-selector|filename|kustomize|label-columns|namespace|output|selector|sort-by|template))$/

/** What `kubectl get` was asked for: `po` in `kubectl get po -o wide`, also behind flags; undefined for other commands. */
export function resourceAsked(source: string): string | undefined {
  const command = /\bkubectl\b(.*)/.exec(source)?.[1]
  const words = command?.trim().split(/\s+/) ?? []
  const get = words.indexOf('get')
  return get < 0
    ? undefined
    : words
        .slice(get + 1)
        .find((word, index, after) => /^[a-z]/.test(word) && !VALUE_FLAGS.test(after[index - 1] ?? ''))
        ?.split('/')[0]
}

/** The objects that a command created, by what the page shows as its answer. */
export function objectsCreated(step: CommandStep): string[] {
  return (step.expected?.lines ?? []).flatMap(({ text }) => {
    const match = /^(\S+?)(?:\.[\w.]+)?(?:\/| ")([\w.-]+)"? created$/.exec(text.trim())
    return match ? [`${singularOf(match[1] ?? '')}/${match[2] ?? ''}`] : []
  })
}
