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
  return withPicked(object, fields, (name) => fields[name] !== object[name])
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
  return withPicked(object, defaults, (name) => isAbsent(object[name]))
}

/** `object` with those of `fields` that are there and picked. */
function withPicked<T extends object>(
  object: T,
  fields: Defaults<T>,
  isPicked: (name: keyof T) => boolean,
): T {
  let picked: Partial<T> | undefined
  for (const name in fields)
    if (fields[name] !== undefined && isPicked(name)) (picked ??= {} as Partial<T>)[name] = fields[name]
  return picked ? copyWith(object, picked) : object
}
