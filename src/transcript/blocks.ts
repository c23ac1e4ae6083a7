// Takes a Markdown page apart into code blocks, the prose before each, comments and shortcodes, with exact places.

import type { Code, Html, Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfm } from 'micromark-extension-gfm'
import type { SourceLine } from './page.ts'

/** A fenced or indented block of code. */
export interface CodeBlock {
  readonly kind: 'code'
  /** The fence's first word in lower case, `''` when there is none. */
  readonly language: string
  /** What follows the language on the fence, for example `title="pod.yaml"`. */
  readonly meta: string
  readonly lines: readonly SourceLine[]
  readonly line: number
  /** The text since the block before: paragraphs and headings, one line each. */
  readonly proseBefore: string
}

/** Something between blocks that is written for machines: an HTML comment, or a shortcode of the site's generator. */
export interface Marker {
  readonly kind: 'comment' | 'shortcode'
  readonly source: string
  readonly line: number
}

export type Block = CodeBlock | Marker

/** The blocks of a Markdown page in its order. */
export function readBlocks(text: string): Block[] {
  const sourceLines = text.split('\n')
  const lineOffsets = offsetsOf(sourceLines)
  const blocks: Block[] = []
  let prose: string[] = []
  walk(parse(text), (node) => {
    if (node.type === 'code') {
      blocks.push(codeBlock(node, sourceLines, lineOffsets, prose.join('\n')))
      prose = []
    } else if (node.type === 'html') blocks.push(...comments(node))
    else if (node.type === 'paragraph' || node.type === 'heading') {
      const source = text.slice(node.position?.start.offset, node.position?.end.offset)
      prose.push(source)
      blocks.push(...shortcodes(source, node.position?.start.line ?? 1))
    }
  })
  return blocks
}

function parse(text: string): Root {
  return fromMarkdown(text, {
    extensions: [gfm(), frontmatter(['yaml', 'toml'])],
    mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown(['yaml', 'toml'])],
  })
}

/** Visits what stands on the page as a block, depth first; paragraphs are not entered. */
function walk(node: Nodes, visit: (node: Nodes) => void): void {
  visit(node)
  if (node.type === 'paragraph' || node.type === 'heading' || !('children' in node)) return
  for (const child of node.children) walk(child, visit)
}

function offsetsOf(lines: readonly string[]): number[] {
  const offsets: number[] = []
  let offset = 0
  for (const line of lines) {
    offsets.push(offset)
    offset += line.length + 1
  }
  return offsets
}

function codeBlock(
  node: Code,
  sourceLines: readonly string[],
  offsets: readonly number[],
  prose: string,
): CodeBlock {
  const startLine = node.position?.start.line ?? 1
  const isFenced = /^[`~]{3}/.test(
    (sourceLines[startLine - 1] ?? '').slice((node.position?.start.column ?? 1) - 1),
  )
  const firstLine = isFenced ? startLine + 1 : startLine
  const values = node.value === '' ? [] : node.value.split('\n')
  return {
    kind: 'code',
    language: (node.lang ?? '').toLowerCase(),
    meta: node.meta ?? '',
    lines: values.map((value, index) => located(value, firstLine + index, sourceLines, offsets)),
    line: firstLine,
    proseBefore: prose,
  }
}

/** A code line is the end of its source line, behind the indent of list and quote. */
function located(
  value: string,
  line: number,
  sourceLines: readonly string[],
  offsets: readonly number[],
): SourceLine {
  const source = (sourceLines[line - 1] ?? '').replace(/\r$/, '')
  const text = value.replace(/\r$/, '')
  const indent = source.endsWith(text) ? source.length - text.length : 0
  return { text, line, offset: (offsets[line - 1] ?? 0) + indent }
}

function comments(node: Html): Marker[] {
  const line = node.position?.start.line ?? 1
  return [...node.value.matchAll(/<!--([\s\S]*?)-->/g)].map((match) => ({
    kind: 'comment',
    source: (match[1] ?? '').trim(),
    line: line + newlines(node.value.slice(0, match.index)),
  }))
}

const SHORTCODE = /\{\{[<%][\s\S]*?[%>]\}\}|\{%[\s\S]*?%\}|--8<--\s*["'][^"']+["']/g

function shortcodes(source: string, line: number): Marker[] {
  return [...source.matchAll(SHORTCODE)].map((match) => ({
    kind: 'shortcode',
    source: match[0],
    line: line + newlines(source.slice(0, match.index)),
  }))
}

function newlines(text: string): number {
  return text.split('\n').length - 1
}
