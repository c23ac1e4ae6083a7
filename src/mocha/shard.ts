// Divides the specs of a run among several machines, by how long each took last time.

/** The `index`th of `count` shards, from 1 on. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/**
 * `2/4`, or `job/4` for the shard of a Pod of an Indexed Job; undefined for anything else. The index of the Pod counts from 0
 * (kubernetes.io, "Indexed Job for Parallel Processing": JOB_COMPLETION_INDEX).
 */
export function parseShard(text: string, jobIndex?: string): Shard | undefined {
  const [, index = '', count] = /^(\d+|job)\/(\d+)$/.exec(text) ?? []
  const shard = { index: index === 'job' ? Number(jobIndex) + 1 : Number(index), count: Number(count) }
  return shard.index >= 1 && shard.index <= shard.count ? shard : undefined
}

/**
 * The files of a shard, in their order. Each file goes, the most costly first, to the shard that has the least to do so far; all
 * shards come to the same division, and every file is in exactly one.
 */
export function filesOfShard(
  files: readonly string[],
  { index, count }: Shard,
  costOf: (file: string) => number,
): readonly string[] {
  const loads = Array.from({ length: count }, () => 0)
  const chosen = new Set<string>()
  const byCost = files.toSorted((a, b) => costOf(b) - costOf(a) || (a < b ? -1 : 1))
  for (const file of byCost) {
    const least = loads.indexOf(Math.min(...loads))
    loads[least] = (loads[least] ?? 0) + costOf(file)
    if (least === index - 1) chosen.add(file)
  }
  return files.filter((file) => chosen.has(file))
}
