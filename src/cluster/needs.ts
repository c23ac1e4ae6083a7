// What podproof needs to be allowed on a cluster, and what it does with it.

/** One rule, as RBAC writes it. */
export interface Need {
  readonly verb: string
  /** `` for the core group. */
  readonly group: string
  /** With its subresource: `pods/exec`. */
  readonly resource: string
  /** What for, in the words of the documentation. */
  readonly why: string
}

const need = (verb: string, resource: string, why: string, group = ''): Need => ({
  verb,
  group,
  resource,
  why,
})

/** In every namespace, since each test makes its own. `docs/clusters.md` shows them as a ClusterRole. */
export const NEEDS: readonly Need[] = [
  need('create', 'namespaces', 'each test has a namespace of its own'),
  need('delete', 'namespaces', 'and removes it'),
  need('list', 'namespaces', 'podproof sweep finds what was left'),
  need('list', 'nodes', 'reports say what the cluster is; large clusters are left alone'),
  need('list', 'serviceaccounts', 'a Pod needs the default service account'),
  need('watch', 'serviceaccounts', 'a Pod needs the default service account'),
  need('create', 'pods', 'manifests'),
  need('delete', 'pods', 'claims about deletion'),
  need('list', 'pods', 'claims'),
  need('watch', 'pods', 'claims'),
  need('get', 'pods/log', 'claims about logs'),
  need('create', 'pods/exec', 'claims about commands in containers'),
  need('list', 'events', 'claims about Events'),
  need('watch', 'events', 'claims about Events'),
  need('create', 'services', 'manifests'),
  need('list', 'services', 'claims'),
]

/** The rules as a ClusterRole that can be applied. */
export function clusterRole(needs: readonly Need[]): string {
  const rules = needs.map(
    ({ group, resource, verb }) =>
      `- apiGroups: ["${group}"]\n  resources: ["${resource}"]\n  verbs: ["${verb}"]`,
  )
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: ClusterRole',
    'metadata: { name: podproof }',
    'rules:',
    ...rules,
  ].join('\n')
}
