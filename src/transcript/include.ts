// Reads the shortcodes with which site generators include a file of examples.

/** How generators name an included file: Hugo (`code_sample`, `codenew`, `code`), Jekyll and MkDocs (`include`, snippets). */
const FORMS: readonly RegExp[] = [
  /^\{\{[<%]\s*(?:code_sample|codenew|code|include-code|readfile|highlight-file)\b[^}]*?\bfile=\s*["']([^"']+)["']/,
  /^\{\{[<%]\s*(?:code_sample|codenew|include|readfile)\s+["']([^"']+)["']/,
  /^\{%\s*include(?:_relative)?\s+["']?([\w./-]+\.(?:ya?ml|json))["']?/,
  /^--8<--\s*["']([^"']+)["']/,
]

/** The path of the file that a shortcode includes; undefined when it includes none. */
export function includedFile(shortcode: string): string | undefined {
  for (const form of FORMS) {
    const path = form.exec(shortcode)?.[1]
    if (path !== undefined && /\.(?:ya?ml|json)$/.test(path)) return path
  }
  return undefined
}
