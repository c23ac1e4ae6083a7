// How Go's own structures are described: some refusals of the API server show them, field by field.

/**
 * How a field looks when nothing was said about it, and of what it is made:
 * `text` "", `number` 0, `flag` false, `json` null or as it is on the wire; `[]X` null or a list of X, `*X` null or an X,
 * `X` always an X. `X` names another structure.
 */
export type FieldKind = string

/** A field: its name in Go, its kind, and its name on the wire where that does not follow from Go's. */
export type GoField = readonly [name: string, kind: FieldKind, wireName?: string]
