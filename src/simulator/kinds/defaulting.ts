// Filling in what was left out, without copying what is complete: most objects that arrive are.

import { copyWith } from '../store/copy-with.ts'

type Defaults<T> = { readonly [K in keyof T]?: T[K] | undefined }

/** `object` with the defaults for its absent fields; the same object if none is absent. */
export function fill<T extends object>(object: T, defaults: Defaults<T>): T {
  return filled(object, defaults, (value) => value === undefined || value === null)
}

/** Like `fill`, for fields whose zero value ('', 0) means absent, as it does for Go's plain fields. */
export function fillZero<T extends object>(object: T, defaults: Defaults<T>): T {
  return filled(
    object,
    defaults,
    (value) => value === undefined || value === null || value === '' || value === 0,
  )
}

/** `object` with some fields replaced; the same object if every field is the same already. */
export function replace<T extends object>(object: T, fields: Defaults<T>): T {
  const names = Object.keys(fields) as (keyof T)[]
  if (names.every((name) => fields[name] === undefined || fields[name] === object[name])) return object
  const picked = pick(fields, (name) => fields[name] !== undefined)
  return copyWith(object, picked)
}

/** Maps a list; the same list if no item became another one. */
export function mapShared<T>(list: readonly T[], map: (item: T, index: number) => T): readonly T[] {
  let result: T[] | undefined
  for (const [index, item] of list.entries()) {
    const mapped = map(item, index)
    if (mapped !== item) result ??= list.slice(0, index)
    result?.push(mapped)
  }
  return result ?? list
}

/** `object` without some of its fields; the same object if it has none of them. */
export function without<T extends object, K extends keyof T>(object: T, ...names: readonly K[]): Omit<T, K> {
  if (!names.some((name) => name in object)) return object
  const rest = { ...object }
  for (const name of names) delete rest[name]
  return rest
}

function filled<T extends object>(
  object: T,
  defaults: Defaults<T>,
  isAbsent: (value: unknown) => boolean,
): T {
  const missing = pick(defaults, (name) => defaults[name] !== undefined && isAbsent(object[name]))
  return Object.keys(missing).length === 0 ? object : copyWith(object, missing)
}

function pick<T extends object>(fields: Defaults<T>, isPicked: (name: keyof T) => boolean): Partial<T> {
  const picked: Partial<T> = {}
  for (const name of Object.keys(fields) as (keyof T)[]) if (isPicked(name)) picked[name] = fields[name]
  return picked
}
