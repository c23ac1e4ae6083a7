// The order in which Go sorts texts: by their bytes.

/** For `toSorted`: compares by code units, which for the texts of Kubernetes is by bytes. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
