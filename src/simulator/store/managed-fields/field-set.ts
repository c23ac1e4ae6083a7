// A set of fields, in the form in which managedFields show it (FieldsV1): a tree of names.

/**
 * Keys are `f:<field>`, `k:<keys of a list item>` and `v:<item of a set>`. A node without children is in the set; one with
 * children is in it only if it has the child `.` too (structured-merge-diff, fieldpath/serialize.go).
 */
export interface FieldSet {
  readonly [element: string]: FieldSet
}

const SELF = '.'

/** A field by itself; all leaves are this one object. */
export const LEAF: FieldSet = Object.freeze({})

/** A node made of its parts; undefined if nothing of it is in the set. */
export function node(isMember: boolean, children: Record<string, FieldSet>): FieldSet | undefined {
  for (const _ in children) return isMember ? withSelf(children) : children
  return isMember ? LEAF : undefined
}

function withSelf(children: Readonly<Record<string, FieldSet>>): FieldSet {
  const result: Record<string, FieldSet> = { [SELF]: LEAF }
  for (const key in children) result[key] = children[key] as FieldSet
  return result
}

/** Fields of either; `a` itself if it has all of them. */
export function union(a: FieldSet | undefined, b: FieldSet | undefined): FieldSet | undefined {
  if (!a || !b || a === b) return a ?? b
  let children: Record<string, FieldSet> | undefined
  for (const key in b) {
    if (key === SELF) continue
    const joined = union(a[key], b[key]) as FieldSet
    if (joined !== a[key]) (children ??= childrenOf(a))[key] = joined
  }
  const isIn = isMember(a) || isMember(b)
  return !children && isIn === isMember(a) ? a : node(isIn, children ?? childrenOf(a))
}

/** Fields of `a` that are not in `b`; `a` itself if nothing goes. */
export function difference(a: FieldSet | undefined, b: FieldSet | undefined): FieldSet | undefined {
  if (!a || !b) return a
  const changes = changesOf(a, b, (child, key) => difference(child, b[key]))
  const stays = isMember(a) && !isMember(b)
  return !changes && stays === isMember(a) ? a : node(stays, childrenOf(a, changes))
}

/** Fields of both. */
export function intersection(a: FieldSet | undefined, b: FieldSet | undefined): FieldSet | undefined {
  if (!a || !b) return undefined
  const children: Record<string, FieldSet> = {}
  for (const key in b) {
    const common = key === SELF ? undefined : intersection(a[key], b[key])
    if (common) children[key] = common
  }
  return node(isMember(a) && isMember(b), children)
}

/** The set without the fields at and below the leaves of `branches`; the set itself if it has none of them. */
export function without(set: FieldSet | undefined, branches: FieldSet): FieldSet | undefined {
  if (!set) return undefined
  const changes = changesOf(set, branches, (child, key) => {
    const branch = branches[key] as FieldSet
    return branch === LEAF ? undefined : without(child, branch)
  })
  return changes ? node(isMember(set), childrenOf(set, changes)) : set
}

/** Children that become others, or nothing; none if all stay. Only those that `others` has too are asked about. */
type Changes = Readonly<Record<string, FieldSet | undefined>>

function changesOf(
  set: FieldSet,
  others: FieldSet,
  change: (child: FieldSet, key: string) => FieldSet | undefined,
): Changes | undefined {
  let changes: Record<string, FieldSet | undefined> | undefined
  for (const key in others) {
    const child = key === SELF ? undefined : set[key]
    if (!child) continue
    const left = change(child, key)
    if (left !== child) (changes ??= {})[key] = left
  }
  return changes
}

/** Copied one by one: an object of which something was deleted is slow ever after. */
function childrenOf(set: FieldSet, changes: Changes = {}): Record<string, FieldSet> {
  const children: Record<string, FieldSet> = {}
  for (const key in set) {
    const child = key in changes ? changes[key] : set[key]
    if (child && key !== SELF) children[key] = child
  }
  return children
}

/** Every path of the set, as a conflict shows it: `.spec.template.spec.containers[name="a"].image`. */
export function* pathTexts(set: FieldSet, prefix = ''): Generator<string> {
  if (prefix && isMember(set)) yield prefix
  for (const key of Object.keys(set).sort()) {
    if (key !== SELF) yield* pathTexts(set[key] as FieldSet, prefix + elementText(key))
  }
}

export function isMember(set: FieldSet): boolean {
  if (set[SELF]) return true
  for (const _ in set) return false
  return true
}

function elementText(element: string): string {
  const body = element.slice(2)
  if (element.startsWith('f:')) return `.${body}`
  if (element.startsWith('v:')) return `[=${body}]`
  const keys = Object.entries(JSON.parse(body) as Readonly<Record<string, unknown>>)
  return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`
}
