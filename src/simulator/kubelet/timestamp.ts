// Instants as the API writes them.

/** metav1.Time: whole seconds, cut off (`2026-11-22T08:31:19Z`). */
export function timestamp(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`
}
