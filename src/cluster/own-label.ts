// The label by which podproof knows its own.

/** Namespaces that podproof made carry it, so that leftovers can be found and swept. */
export const OWN_LABEL = 'podproof.dev/test'
