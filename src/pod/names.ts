// What names, labels and ports may look like, and the API server's words for those that do not.

/** The mistakes of a text, in the API server's words; none when it is fine. */
export type Mistakes = readonly string[]

const LABEL_1123 = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const LABEL_1123_RULE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character"
const SUBDOMAIN_1123 = `${LABEL_1123}(\\.${LABEL_1123})*`
const SUBDOMAIN_1123_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?'
const LABEL_1035_RULE =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character"
const QUALIFIED_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const QUALIFIED_NAME_RULE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
const LABEL_VALUE = '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?'
const LABEL_VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"

/** Source of all rules: apimachinery pkg/util/validation/validation.go, function named with each. */
export function dns1123LabelMistakes(text: string): Mistakes {
  const mistakes = lengthMistake(text, 63, 'characters')
  if (matches(text, LABEL_1123)) return mistakes
  // A text that would do as a subdomain only misses the label by its dots (IsDNS1123Label).
  if (matches(text, SUBDOMAIN_1123)) return [...mistakes, 'must not contain dots']
  return [...mistakes, regexMistake(LABEL_1123_RULE, LABEL_1123, 'my-name', '123-abc')]
}

/** IsDNS1123Subdomain */
export function dns1123SubdomainMistakes(text: string): Mistakes {
  const mistakes = lengthMistake(text, 253, 'characters')
  if (matches(text, SUBDOMAIN_1123)) return mistakes
  return [...mistakes, regexMistake(SUBDOMAIN_1123_RULE, SUBDOMAIN_1123, 'example.com')]
}

/** IsDNS1035Label */
export function dns1035LabelMistakes(text: string): Mistakes {
  const mistakes = lengthMistake(text, 63, 'characters')
  if (matches(text, LABEL_1035)) return mistakes
  return [...mistakes, regexMistake(LABEL_1035_RULE, LABEL_1035, 'my-name', 'abc-123')]
}

/** IsQualifiedName: `name` or `example.com/name`, the form of label keys. */
export function qualifiedNameMistakes(text: string): Mistakes {
  const parts = text.split('/')
  if (parts.length > 2) {
    const rule = `a valid label key ${QUALIFIED_NAME_RULE}`
    const mistake = regexMistake(rule, QUALIFIED_NAME, 'MyName', 'my.name', '123-abc')
    return [`${mistake} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]
  }
  const name = parts.at(-1) ?? ''
  const prefix = parts.length === 2 ? parts[0] : undefined
  return [...prefixMistakes(prefix), ...namePartMistakes(name)]
}

function prefixMistakes(prefix: string | undefined): Mistakes {
  if (prefix === undefined) return []
  if (prefix === '') return ['prefix part must be non-empty']
  return dns1123SubdomainMistakes(prefix).map((mistake) => `prefix part ${mistake}`)
}

function namePartMistakes(name: string): Mistakes {
  const mistakes = name === '' ? ['must be non-empty'] : lengthMistake(name, 63, 'bytes')
  const form = matches(name, QUALIFIED_NAME)
    ? []
    : [regexMistake(QUALIFIED_NAME_RULE, QUALIFIED_NAME, 'MyName', 'my.name', '123-abc')]
  return [...mistakes, ...form].map((mistake) => `name part ${mistake}`)
}

/** IsValidLabelValue */
export function labelValueMistakes(text: string): Mistakes {
  const mistakes = lengthMistake(text, 63, 'bytes')
  if (matches(text, LABEL_VALUE)) return mistakes
  return [...mistakes, regexMistake(LABEL_VALUE_RULE, LABEL_VALUE, 'MyValue', 'my_value', '12345')]
}

/** IsValidPortNum */
export function portNumberMistakes(port: number): Mistakes {
  return port >= 1 && port <= 65_535 ? [] : ['must be between 1 and 65535, inclusive']
}

/** IsValidPortName */
export function portNameMistakes(name: string): Mistakes {
  const mistakes: string[] = []
  if (name.length > 15) mistakes.push('must be no more than 15 characters')
  if (!/^[-a-z0-9]*$/.test(name))
    mistakes.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')
  if (!/[a-z]/.test(name)) mistakes.push('must contain at least one letter (a-z)')
  if (name.includes('--')) mistakes.push('must not contain consecutive hyphens')
  if (name.startsWith('-') || name.endsWith('-')) mistakes.push('must not begin or end with a hyphen')
  return mistakes
}

/** IsValidPercent */
export function percentMistakes(text: string): Mistakes {
  if (/^[0-9]+%$/.test(text)) return []
  return [
    regexMistake(
      "a valid percent string must be a numeric string followed by an ending '%'",
      '[0-9]+%',
      '1%',
      '93%',
    ),
  ]
}

/** IsConfigMapKey: the keys of ConfigMaps and Secrets. */
export function configMapKeyMistakes(key: string): Mistakes {
  const mistakes = lengthMistake(key, 253, 'characters')
  if (key === '.') return [...mistakes, "must not be '.'"]
  if (key === '..') return [...mistakes, "must not be '..'"]
  if (!matches(key, '[-._a-zA-Z0-9]+')) {
    const rule = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
    return [...mistakes, regexMistake(rule, '[-._a-zA-Z0-9]+', 'key.name', 'KEY_NAME', 'key-name')]
  }
  return key.startsWith('..') ? [...mistakes, "must not start with '..'"] : mistakes
}

/** IsRelaxedEnvVarName: any printable ASCII but '='. */
export function environmentNameMistakes(name: string): Mistakes {
  if (name === '') return ['environment variable name must be non-empty']
  if (/^[\u0020-\u003c\u003e-\u007e]+$/.test(name)) return []
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
}

/** RegexError: `<rule> (e.g. 'a',  or 'b', regex used for validation is '<regex>')`, with Go's two blanks before `or`. */
export function regexMistake(rule: string, regex: string, ...examples: readonly string[]): string {
  const shown = examples.map((example, index) => `${index === 0 ? '' : ' or '}'${example}', `).join('')
  return `${rule} (e.g. ${shown}regex used for validation is '${regex}')`
}

function matches(text: string, regex: string): boolean {
  return compiled(regex).test(text)
}

const COMPILED = new Map<string, RegExp>()

function compiled(regex: string): RegExp {
  let expression = COMPILED.get(regex)
  if (!expression) {
    expression = new RegExp(`^(?:${regex})$`)
    COMPILED.set(regex, expression)
  }
  return expression
}

/** DNS names are measured in characters, labels in bytes: so say the API server's texts, which both count bytes. */
function lengthMistake(text: string, max: number, unit: 'bytes' | 'characters'): Mistakes {
  return Buffer.byteLength(text) > max ? [`must be no more than ${max} ${unit}`] : []
}
