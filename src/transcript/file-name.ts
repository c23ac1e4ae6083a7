// Which name a block of a page has as a file: by its fence, its first line, or the words above it.

import type { CodeBlock } from './blocks.ts'
import type { FileStep, Step } from './page.ts'

const FILE = String.raw`[\w][\w./-]*\.(?:ya?ml|json|properties|conf|sh|txt|env|toml|ini|cfg|html)`

/** The name that the page itself gives to the block; undefined when it gives none. */
export function statedFileName(block: CodeBlock): string | undefined {
  return nameOnFence(block.meta) ?? nameOnFirstLine(block) ?? nameInProse(block.proseBefore)
}

/**
 * Gives the blocks without a name the names that commands use: `-f NAME`, where no file of that name precedes, means
 * the nearest block before the command that nobody has named.
 */
export function nameFilesByUse(steps: readonly Step[]): Step[] {
  const named = [...steps]
  for (const [index, step] of steps.entries()) {
    if (step.kind !== 'command') continue
    for (const name of usedFileNames(step.source)) nameNearest(named, index, name)
  }
  return named
}

/** The local files that a command reads with `-f` or `--filename`. */
export function usedFileNames(source: string): string[] {
  return [...source.matchAll(/(?:^|\s)(?:-f|--filename)[ =]\s*([^\s;|&]+)/g)]
    .map((match) => (match[1] ?? '').replace(/^['"]|['"]$/g, ''))
    .filter((name) => name !== '-' && !/^[a-z]+:\/\//.test(name))
}

function nameNearest(steps: Step[], before: number, name: string): void {
  const wanted = normalName(name)
  const earlier = steps.slice(0, before)
  if (
    earlier.some(
      (step) => step.kind === 'file' && step.name !== undefined && normalName(step.name) === wanted,
    )
  )
    return
  if (earlier.some((step) => step.kind === 'command' && writesFile(step.source, name))) return
  const index = earlier.findLastIndex((step) => step.kind === 'file' && step.name === undefined)
  if (index < 0) return
  steps[index] = { ...(steps[index] as FileStep), name }
}

/** `./x.yaml` and `x.yaml` are one file. */
function normalName(name: string): string {
  return name.replace(/^\.\//, '')
}

function writesFile(source: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`>\\s*['"]?${escaped}\\b|\\btee (?:-a )?${escaped}\\b|-o ${escaped}\\b`).test(source)
}

function nameOnFence(meta: string): string | undefined {
  return /\b(?:title|name|filename|file)=\s*["']?([^"'\s}]+)["']?/.exec(meta)?.[1]
}

function nameOnFirstLine(block: CodeBlock): string | undefined {
  return new RegExp(`^#\\s*(?:file(?:name)?:?\\s*)?(${FILE})\\s*$`, 'i').exec(block.lines[0]?.text ?? '')?.[1]
}

/** The last file that the paragraph right above names in code or quotes, as in: Save this as `greeter.yaml`. */
function nameInProse(prose: string): string | undefined {
  const lastParagraph = prose.split('\n').slice(-3).join('\n')
  const names = [...lastParagraph.matchAll(new RegExp('[`"“\'](' + FILE + ')[`"”\']', 'g'))]
  return names.at(-1)?.[1]
}
