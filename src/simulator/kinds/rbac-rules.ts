// What roles may allow and bindings may bind.

import type { RbacV1Subject, V1PolicyRule, V1RoleRef } from '@kubernetes/client-node'
import type { Json } from '../../pod/json.ts'
import { dns1123SubdomainMistakes } from '../../pod/names.ts'
import type { FieldError, FieldPath } from '../store/field-error.ts'
import { forbidden, invalid, notSupported, required } from '../store/field-error.ts'
import type { Cell, Column } from '../store/kind.ts'
import { AGE_COLUMN, NAME_COLUMN, column, wideColumn } from './columns.ts'
import { fill, fillZero, mapShared, replace } from './defaulting.ts'
import { invalids } from './field-checks.ts'
import { isEqual } from '../store/equality.ts'

type Rule = Json<V1PolicyRule>
type RoleRef = Json<V1RoleRef>
type Subject = Json<RbacV1Subject>

const GROUP = 'rbac.authorization.k8s.io'

/** What RoleBindings and ClusterRoleBindings have in common. */
export interface Binding {
  readonly roleRef: RoleRef
  readonly subjects?: readonly Subject[]
}

/** Rules travel as null when there are none. */
export function rulesOrNull(rules: readonly Rule[] | undefined): readonly Rule[] {
  return rules ?? (null as unknown as readonly Rule[])
}

/** Source: pkg/apis/rbac/validation/validation.go:ValidatePolicyRule. */
export function rulesMistakes(
  rules: readonly Rule[] | null | undefined,
  isNamespaced: boolean,
): readonly FieldError[] {
  return (rules ?? []).flatMap((rule, index) => ruleMistakes(`rules[${index}]`, rule, isNamespaced))
}

function ruleMistakes(path: FieldPath, rule: Rule, isNamespaced: boolean): readonly FieldError[] {
  const { apiGroups = [], nonResourceURLs = [], resources = [], verbs } = rule
  const mistakes = verbs?.length ? [] : [required(`${path}.verbs`, 'verbs must contain at least one value')]
  if (nonResourceURLs.length > 0) {
    const at = `${path}.nonResourceURLs`
    const isMixed = apiGroups.length + resources.length + (rule.resourceNames?.length ?? 0) > 0
    return [
      ...mistakes,
      ...(isNamespaced
        ? [invalid(at, nonResourceURLs, 'namespaced rules cannot apply to non-resource URLs')]
        : []),
      ...(isMixed
        ? [invalid(at, nonResourceURLs, 'rules cannot apply to both regular resources and non-resource URLs')]
        : []),
    ]
  }
  return [
    ...mistakes,
    ...(apiGroups.length > 0
      ? []
      : [required(`${path}.apiGroups`, 'resource rules must supply at least one api group')]),
    ...(resources.length > 0
      ? []
      : [required(`${path}.resources`, 'resource rules must supply at least one resource')]),
  ]
}

/** Source: pkg/apis/rbac/v1/defaults.go. Service accounts are of the core group, everybody else of this one. */
export function bindingDefaults<T extends Binding>(binding: T): T {
  return replace<Binding>(binding, {
    roleRef: binding.roleRef && fillZero(binding.roleRef, { apiGroup: GROUP }),
    subjects: binding.subjects && mapShared(binding.subjects, subjectDefaults),
  }) as T
}

function subjectDefaults(subject: Subject): Subject {
  return subject.kind === 'ServiceAccount' ? subject : fill(subject, { apiGroup: GROUP })
}

/** Source: pkg/apis/rbac/validation/validation.go:ValidateRoleBinding. */
export function bindingMistakes(binding: Binding, isNamespaced: boolean): readonly FieldError[] {
  const { apiGroup, kind, name } = binding.roleRef ?? {}
  const kinds = isNamespaced ? ['ClusterRole', 'Role'] : ['ClusterRole']
  return [
    ...(apiGroup === GROUP ? [] : [notSupported('roleRef.apiGroup', apiGroup ?? '', [GROUP])]),
    ...(kinds.includes(kind ?? '') ? [] : [notSupported('roleRef.kind', kind ?? '', kinds)]),
    ...(name ? [] : [required('roleRef.name')]),
    ...(binding.subjects ?? []).flatMap((subject, index) =>
      subjectMistakes(`subjects[${index}]`, subject, isNamespaced),
    ),
  ]
}

/** Source: the same file:ValidateRoleBindingUpdate. */
export function roleRefMistakes({ roleRef }: Binding, old: Binding): readonly FieldError[] {
  return isEqual(roleRef, old.roleRef) ? [] : [invalid('roleRef', roleRef, 'cannot change roleRef')]
}

function subjectMistakes(path: FieldPath, subject: Subject, isNamespaced: boolean): readonly FieldError[] {
  const { apiGroup = '', kind, name, namespace } = subject
  const group = kind === 'ServiceAccount' ? '' : GROUP
  if (!name) return [required(`${path}.name`)]
  if (!['Group', 'ServiceAccount', 'User'].includes(kind))
    return [notSupported(`${path}.kind`, kind, ['ServiceAccount', 'User', 'Group'])]
  return [
    ...(apiGroup === group ? [] : [notSupported(`${path}.apiGroup`, apiGroup, [group])]),
    ...(kind === 'ServiceAccount' ? invalids(`${path}.name`, name, dns1123SubdomainMistakes(name)) : []),
    ...(kind === 'ServiceAccount' && !isNamespaced && !namespace ? [required(`${path}.namespace`)] : []),
    ...(kind !== 'ServiceAccount' && namespace
      ? [forbidden(`${path}.namespace`, 'only ServiceAccounts have a namespace')]
      : []),
  ]
}

export const BINDING_COLUMNS: readonly Column[] = [
  NAME_COLUMN,
  column('Role'),
  AGE_COLUMN,
  wideColumn('Users'),
  wideColumn('Groups'),
  wideColumn('ServiceAccounts'),
]

/** Source: pkg/printers/internalversion/printers.go:printRoleBinding. */
export function bindingCells(
  name: string,
  { roleRef, subjects = [] }: Binding,
  age: string,
): readonly Cell[] {
  const namesOf = (kind: string) =>
    subjects.filter((subject) => subject.kind === kind).map((subject) => subject.name)
  const accounts = subjects
    .filter(({ kind }) => kind === 'ServiceAccount')
    .map((subject) => (subject.namespace ? `${subject.namespace}/${subject.name}` : `/${subject.name}`))
  return [
    name,
    `${roleRef.kind}/${roleRef.name}`,
    age,
    namesOf('User').join(', '),
    namesOf('Group').join(', '),
    accounts.join(', '),
  ]
}
