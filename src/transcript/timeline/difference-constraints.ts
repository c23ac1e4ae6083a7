// Solves which instants are possible when one knows how far apart some of them are: a system of difference constraints.

/** `leastMs` <= to - from <= `mostMs`; an open side is infinite. */
export interface Constraint {
  readonly from: string
  readonly to: string
  readonly leastMs: number
  readonly mostMs: number
}

/** Either the earliest possible instant of each name, counted from `origin`, or constraints that contradict each other. */
export type Solution<C extends Constraint> =
  | { readonly isPossible: true; readonly atMs: ReadonlyMap<string, number> }
  | { readonly isPossible: false; readonly conflict: readonly C[] }

interface Edge<C> {
  readonly from: string
  readonly to: string
  /** to - from <= weightMs */
  readonly weightMs: number
  readonly constraint: C
}

/**
 * Solves the constraints (Bellman and Ford, over the reversed graph, so that the answer is the earliest one). Instants
 * that nothing holds behind `origin` are put at it. A conflict is one contradictory cycle.
 */
export function solve<C extends Constraint>(constraints: readonly C[], origin: string): Solution<C> {
  const edges = constraints.flatMap(edgesOf)
  const names = new Set([origin, ...constraints.flatMap(({ from, to }) => [from, to])])
  // distance[x] bounds origin - x from above, so -distance[x] is the earliest x.
  const distance = new Map([[origin, 0]])
  const reachedBy = new Map<string, Edge<C>>()
  let changed: string | undefined
  for (let round = 0; round <= names.size; round++) {
    changed = undefined
    for (const edge of edges) {
      const through = (distance.get(edge.to) ?? Infinity) + edge.weightMs
      if (through >= (distance.get(edge.from) ?? Infinity)) continue
      distance.set(edge.from, through)
      reachedBy.set(edge.from, edge)
      changed = edge.from
    }
    if (changed === undefined) break
  }
  if (changed !== undefined)
    return { isPossible: false, conflict: cycleThrough(changed, reachedBy, names.size) }
  return { isPossible: true, atMs: new Map([...names].map((name) => [name, 0 - (distance.get(name) ?? 0)])) }
}

/** The latest possible instant of each name, counted from `origin`; a name that nothing holds back is missing. */
export function latest(constraints: readonly Constraint[], origin: string): ReadonlyMap<string, number> {
  const edges = constraints.flatMap(edgesOf)
  const names = new Set(constraints.flatMap(({ from, to }) => [from, to]))
  const atMs = new Map([[origin, 0]])
  for (let round = 0; round <= names.size; round++) {
    let hasChanged = false
    for (const { from, to, weightMs } of edges) {
      const fromMs = atMs.get(from)
      if (fromMs === undefined || fromMs + weightMs >= (atMs.get(to) ?? Infinity)) continue
      atMs.set(to, fromMs + weightMs)
      hasChanged = true
    }
    if (!hasChanged) break
  }
  return atMs
}

function edgesOf<C extends Constraint>(constraint: C): Edge<C>[] {
  const { from, to, leastMs, mostMs } = constraint
  const edges: Edge<C>[] = []
  if (Number.isFinite(mostMs)) edges.push({ from, to, weightMs: mostMs, constraint })
  if (Number.isFinite(leastMs)) edges.push({ from: to, to: from, weightMs: -leastMs, constraint })
  return edges
}

/** Walks the edges until a name comes again; what lies between is the contradiction. */
function cycleThrough<C>(name: string, reachedBy: ReadonlyMap<string, Edge<C>>, size: number): C[] {
  let inCycle = name
  for (let step = 0; step < size; step++) inCycle = reachedBy.get(inCycle)?.to ?? inCycle
  const conflict: C[] = []
  let at = inCycle
  do {
    const edge = reachedBy.get(at)
    if (!edge) break
    conflict.push(edge.constraint)
    at = edge.to
  } while (at !== inCycle)
  return conflict
}
