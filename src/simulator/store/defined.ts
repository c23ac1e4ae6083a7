// An object without what it does not have.

/** What is left of an object when its undefined fields are gone: those that can be undefined may be absent. */
export type Defined<T> = {
  readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K]
} & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/**
 * The fields of an object that are not undefined, in their order. Cheaper than a spread for each field that may be absent, and all that
 * is made here has few shapes.
 */
export function defined<T extends object>(object: T): Defined<T> {
  const result: Record<string, unknown> = {}
  for (const name in object) if (object[name] !== undefined) result[name] = object[name]
  return result as Defined<T>
}
