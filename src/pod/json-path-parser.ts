// The grammar of kubectl's JSONPath templates.

/** A template that cannot be read or carried out. */
export class JsonPathError extends Error {}

/** A piece of a template: text, a path to print, or a body to print for each of several values. */
export type Part =
  | { readonly kind: 'path'; readonly steps: readonly Step[] }
  | { readonly kind: 'range'; readonly steps: readonly Step[]; readonly body: readonly Part[] }
  | { readonly kind: 'text'; readonly text: string }

/** One step of a path, from values to values. */
export type Step =
  | { readonly kind: 'all' }
  | { readonly kind: 'current' }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'filter'; readonly comparison: Comparison; readonly text: string }
  | { readonly kind: 'literal'; readonly value: boolean | number | string }
  | { readonly kind: 'recursive' }
  | { readonly kind: 'root' }
  | {
      readonly kind: 'slice'
      readonly from: number | undefined
      readonly to: number | undefined
      readonly by: number | undefined
      readonly isIndex: boolean
      readonly text: string
    }
  | { readonly kind: 'union'; readonly paths: readonly (readonly Step[])[] }

export interface Comparison {
  readonly left: readonly Step[]
  readonly operator: '!=' | '<' | '<=' | '==' | '>' | '>=' | 'exists'
  readonly right: readonly Step[]
}

type Operator = Exclude<Comparison['operator'], 'exists'>

/** Source: client-go util/jsonpath/parser.go. */
export function parseTemplate(template: string): readonly Part[] {
  const { parts, rest } = partsOf(template, false)
  if (rest !== '') throw new JsonPathError('not in range, nothing to end')
  return parts
}

/** The parts up to the end, or up to the `{end}` of a range; `rest` is what comes after that. */
function partsOf(
  template: string,
  isInRange: boolean,
): { readonly parts: readonly Part[]; readonly rest: string } {
  const parts: Part[] = []
  let rest = template
  while (rest !== '') {
    const open = rest.indexOf('{')
    if (open !== 0) parts.push({ kind: 'text', text: open < 0 ? rest : rest.slice(0, open) })
    if (open < 0) return closed(parts, isInRange)
    const action = actionOf(rest.slice(open))
    rest = rest.slice(open + action.length)
    const inner = action.slice(1, -1).trim()
    if (inner === 'end') {
      if (!isInRange) throw new JsonPathError('not in range, nothing to end')
      return { parts, rest }
    }
    if (/^range\s/.test(inner)) {
      const body = partsOf(rest, true)
      parts.push({ kind: 'range', steps: steps(inner.slice('range'.length).trim()), body: body.parts })
      rest = body.rest
    } else parts.push(...expressions(inner))
  }
  return closed(parts, isInRange)
}

function closed(
  parts: readonly Part[],
  isInRange: boolean,
): { readonly parts: readonly Part[]; readonly rest: string } {
  if (isInRange) throw new JsonPathError('unterminated range')
  return { parts, rest: '' }
}

/** `{...}` with its braces; quoted braces do not count. */
function actionOf(text: string): string {
  const action = /^\{(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^{}"'])*\}/.exec(text)?.[0]
  if (action === undefined) throw new JsonPathError('unclosed action')
  return action
}

/** Text in quotes, and paths, one after the other. */
function expressions(inner: string): readonly Part[] {
  const found: Part[] = []
  let rest = inner
  while (rest !== '') {
    const quoted = /^"(?:\\.|[^"\\])*"|^'(?:\\.|[^'\\])*'/.exec(rest)?.[0]
    const expression = quoted ?? pathText(rest)
    found.push(
      quoted === undefined
        ? { kind: 'path', steps: steps(expression) }
        : { kind: 'text', text: unquoted(quoted) },
    )
    rest = rest.slice(expression.length).trimStart()
  }
  return found
}

/** Up to the first blank that is not inside of brackets or quotes. */
function pathText(text: string): string {
  return /^(?:\[(?:"[^"]*"|'[^']*'|\([^)]*\)|[^\]"'(])*\]|\\.|[^\s["'])+/.exec(text)?.[0] ?? text
}

/** Go's escapes, in either kind of quotes. */
function unquoted(quoted: string): string {
  const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }
  return quoted.slice(1, -1).replace(/\\(.)/g, (_, character: string) => escapes[character] ?? character)
}

const STEP_PATTERNS: readonly (readonly [RegExp, (match: RegExpExecArray) => readonly Step[]])[] = [
  [/^\$/, () => [{ kind: 'root' }]],
  [/^@/, () => [{ kind: 'current' }]],
  [/^\.\.(?=\*)/, () => [{ kind: 'recursive' }]],
  [/^\.\.(?=[^.])/, () => [{ kind: 'recursive' }]],
  [/^\.?\*/, () => [{ kind: 'all' }]],
  [
    /^\.?((?:\\.|[^.[\]\\\s(){}"'*@$])+)/,
    ([, name = '']) => [{ kind: 'field', name: name.replace(/\\(.)/g, '$1') }],
  ],
  [
    /^\[((?:"[^"]*"|'[^']*'|\((?:"[^"]*"|'[^']*'|[^)"'])*\)|[^\]"'(])*)\]/,
    ([, inner = '']) => [bracket(inner.trim())],
  ],
  [/^\.(?=\[|$)/, () => [{ kind: 'current' }]],
]

function steps(text: string): readonly Step[] {
  const found: Step[] = []
  let rest = text
  while (rest !== '') {
    const step = STEP_PATTERNS.flatMap(([pattern, make]) => {
      const match = pattern.exec(rest)
      return match ? [{ length: match[0].length, steps: make(match) }] : []
    })[0]
    if (!step) throw new JsonPathError(`unrecognized character in action: ${JSON.stringify(rest.charAt(0))}`)
    found.push(...step.steps)
    rest = rest.slice(step.length)
  }
  return found
}

function bracket(inner: string): Step {
  if (inner === '*') return { kind: 'all' }
  const filter = /^\?\((.*)\)$/s.exec(inner)?.[1]
  if (filter !== undefined) return { kind: 'filter', comparison: comparison(filter.trim()), text: inner }
  const items = inner.split(/,(?=(?:[^'"]|'[^']*'|"[^"]*")*$)/).map((item) => item.trim())
  const paths = items.map(bracketItem)
  const [only] = paths
  if (only && paths.length === 1) return only
  return { kind: 'union', paths: paths.map((path) => [path]) }
}

function bracketItem(item: string): Step {
  if (/^(?:"[^"]*"|'[^']*')$/.test(item)) return { kind: 'field', name: unquoted(item) }
  const [, from = '', to, by] = /^(-?\d*)(?::(-?\d*))?(?::(\d*))?$/.exec(item) ?? []
  if (item === '' || (from === '' && to === undefined)) throw new JsonPathError(`invalid array index ${item}`)
  const number = (text: string | undefined) => (text === undefined || text === '' ? undefined : Number(text))
  return {
    kind: 'slice',
    from: number(from),
    to: number(to),
    by: number(by),
    isIndex: to === undefined,
    text: item,
  }
}

function comparison(text: string): Comparison {
  const [, left = '', operator, right = ''] = /^(.*?)\s*(==|!=|<=|>=|<|>)\s*(.*)$/s.exec(text) ?? []
  if (operator === undefined) return { left: operand(text), operator: 'exists', right: [] }
  return { left: operand(left.trim()), operator: operator as Operator, right: operand(right.trim()) }
}

function operand(text: string): readonly Step[] {
  if (/^(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')$/.test(text))
    return [{ kind: 'literal', value: unquoted(text) }]
  if (/^-?\d+(\.\d+)?$/.test(text)) return [{ kind: 'literal', value: Number(text) }]
  if (text === 'true' || text === 'false') return [{ kind: 'literal', value: text === 'true' }]
  return steps(text)
}
