// References to variables in commands, arguments and values: $(NAME).

/**
 * Puts values in place of `$(NAME)`; `$$` is a `$` that begins nothing, and what has no value stays as it is written.
 * Source: third_party/forked/golang/expansion/expand.go; recording dollar-escape.
 */
export function expand(text: string, value: (name: string) => string | undefined): string {
  if (!text.includes('$')) return text
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (written, name?: string) => {
    if (name === undefined) return '$'
    return value(name) ?? written
  })
}
