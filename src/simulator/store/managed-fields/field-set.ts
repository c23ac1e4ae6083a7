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
  for (const _ in children) return isMember ? { [SELF]: LEAF, ...children } : children
  return isMember ? LEAF : undefined
}

/** Fields of either. */
export function union(a: FieldSet | undefined, b: FieldSet | undefined): FieldSet | undefined {
  if (!a || !b || a === b) return a ?? b
  const children: Record<string, FieldSet> = {}
  for (const key in a) if (key !== SELF) children[key] = union(a[key], b[key]) as FieldSet
  for (const key in b) if (key !== SELF && !a[key]) children[key] = b[key] as FieldSet
  return node(isMember(a) || isMember(b), children)
}

/** Fields of `a` that are not in `b`; `a` itself if nothing goes. */
export function difference(a: FieldSet | undefined, b: FieldSet | undefined): FieldSet | undefined {
  if (!a || !b) return a
  const children: Record<string, FieldSet> = {}
  let isSame = true
  for (const key in a) {
    if (key === SELF) continue
    const rest = difference(a[key], b[key])
    if (rest !== a[key]) isSame = false
    if (rest) children[key] = rest
  }
  const stays = isMember(a) && !isMember(b)
  return isSame && stays === isMember(a) ? a : node(stays, children)
}

/** Fields of both. */
export function intersection(a: FieldSet | undefined, b: FieldSet | undefined): FieldSet | undefined {
  if (!a || !b) return undefined
  const children: Record<string, FieldSet> = {}
  for (const key in a) {
    const common = key === SELF ? undefined : intersection(a[key], b[key])
    if (common) children[key] = common
  }
  return node(isMember(a) && isMember(b), children)
}

/** The set without the fields at and below one path. */
export function without(
  set: FieldSet | undefined,
  [first, ...rest]: readonly string[],
): FieldSet | undefined {
  const child = first === undefined ? undefined : set?.[first]
  if (!set || first === undefined || !child) return set
  const { [first]: _, [SELF]: _self, ...others } = set
  const left = rest.length ? without(child, rest) : undefined
  return node(isMember(set), left ? { ...others, [first]: left } : others)
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
