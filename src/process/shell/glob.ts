// Pathname expansion: a pattern becomes the paths that match it.

import type { Bytes } from '../bytes.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import { isMagic, patternRegExp, unescapePattern } from './pattern.ts'

/** The paths that match, sorted by byte; none if nothing does. */
export function glob(task: Task, pattern: string): Bytes[] {
  const isAbsolute = pattern.startsWith('/')
  const parts = pattern.split(/\/+/).filter((part) => part !== '')
  let found = [isAbsolute ? '/' : '']
  parts.forEach((part, index) => {
    const isLast = index === parts.length - 1
    found = found.flatMap((base) => step(task, base, part, isLast))
  })
  if (pattern.endsWith('/')) found = found.map((path) => `${path}/`)
  return found.sort()
}

function step(task: Task, base: Bytes, part: string, isLast: boolean): Bytes[] {
  if (!isMagic(part)) {
    const path = base + unescapePattern(part)
    if (!task.files.exists(task.path(path), task.user)) return []
    return [isLast ? path : `${path}/`]
  }
  const expression = patternRegExp(part)
  const showsHidden = part.startsWith('.') || part.startsWith('\\.')
  const names = namesIn(task, base).filter(
    (name) => (showsHidden || !name.startsWith('.')) && expression.test(name),
  )
  if (isLast) return names.map((name) => base + name)
  return names.filter((name) => isDirectory(task, base + name)).map((name) => `${base}${name}/`)
}

function namesIn(task: Task, base: Bytes): Bytes[] {
  try {
    const names = task.files.list(task.path(base === '' ? '.' : base), task.user)
    return ['.', '..', ...names]
  } catch (error) {
    if (error instanceof SystemError) return []
    throw error
  }
}

function isDirectory(task: Task, path: Bytes): boolean {
  try {
    return task.files.place(task.path(path), task.user).node?.kind === 'directory'
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}
