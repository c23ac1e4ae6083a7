// Compares the recordings of a command line.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readRecording } from '../history/recording.ts'
import { compare, isAgreement } from '../scenario/compare.ts'
import { showDivergence } from '../scenario/show-divergence.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { UsageError } from './usage-error.ts'

/** Prints a report of each pair; `failed` if any pair differs. Throws a UsageError where there is nothing to compare. */
export function runCompare(a: string, b: string): ExitCode {
  let differing = 0
  const pairs = pairsOf(a, b)
  for (const [fileA, fileB] of pairs) {
    const divergence = compare(recording(fileA), recording(fileB))
    if (!isAgreement(divergence)) differing++
    console.log(showDivergence(divergence, { a: fileA, b: fileB }))
  }
  if (pairs.length > 1) console.log(`${pairs.length - differing} of ${pairs.length} agree`)
  return differing > 0 ? EXIT.failed : EXIT.held
}

function pairsOf(a: string, b: string): (readonly [string, string])[] {
  const areFolders = [a, b].map((path) => kindOf(path) === 'folder')
  if (!areFolders[0] && !areFolders[1]) return [[a, b]]
  if (!areFolders[0] || !areFolders[1])
    throw new UsageError(`${a} and ${b}: expected two files or two folders`)
  const inB = new Set(readdirSync(b))
  const common = readdirSync(a).filter((name) => name.endsWith('.json') && inB.has(name))
  if (common.length === 0) throw new UsageError(`${a} and ${b} have no recording of the same name`)
  return common.toSorted().map((name) => [join(a, name), join(b, name)] as const)
}

function kindOf(path: string): 'file' | 'folder' {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) throw new UsageError(`${path} does not exist`)
  return stat.isDirectory() ? 'folder' : 'file'
}

function recording(file: string) {
  try {
    return readRecording(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
