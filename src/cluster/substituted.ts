// A cluster on which some images stand for others that it can no longer pull.

import type { Cluster } from './cluster.ts'

/** Every image in what is sent to the cluster is replaced by what stands for it; the name says so, and with it every report. */
export function substituted(cluster: Cluster, images: Readonly<Record<string, string>>): Cluster {
  if (Object.keys(images).length === 0) return cluster
  const list = Object.entries(images).map(([name, image]) => `${name}=${image}`)
  return {
    ...cluster,
    name: `${cluster.name} with ${list.join(', ')}`,
    request: (method, path, body, options) => cluster.request(method, path, replaced(body, images), options),
  }
}

/** The value with each text under a key `image` replaced, however deep; a body that is text is looked at as JSON. */
function replaced(value: unknown, images: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string')
    return value.startsWith('{') ? JSON.stringify(replaced(JSON.parse(value), images)) : value
  if (Array.isArray(value))
    return value.map((item) => (typeof item === 'object' ? replaced(item, images) : item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === 'image' && typeof item === 'string'
        ? (images[item] ?? item)
        : typeof item === 'object'
          ? replaced(item, images)
          : item,
    ]),
  )
}
