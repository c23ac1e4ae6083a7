// A copy of an object with some of its fields changed.

/**
 * `{ ...object, ...fields }`, written in one place: V8 gives the copies of every spread in the code a shape of their own. Stored objects
 * are copies of copies, made in many places; of many shapes, they are slow to read for everybody.
 */
export function copyWith<T extends object, F extends object>(object: T, fields: F): T & F {
  return { ...object, ...fields }
}
