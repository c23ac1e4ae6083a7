// References to images, as a container runtime reads them: registry, repository, tag, digest.

/** A reference with everything that it left out filled in. */
export interface ImageReference {
  /** `docker.io/library/busybox`. */
  readonly repository: string
  readonly tag?: string
  /** `sha256:...`. */
  readonly digest?: string
  /** The whole, as the runtime writes it: `docker.io/library/busybox:1.28`. */
  readonly canonical: string
}

/** A text that is no reference; the message is that of the reference parser. */
export class ReferenceError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ReferenceError'
  }
}

const DOMAIN =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::\d+)?$/
const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const TAG = /^\w[\w.-]{0,127}$/
const DIGEST = /^sha256:[0-9a-f]{64}$/

/**
 * Reads a reference. Without a tag and a digest it means `:latest`.
 * Source: github.com/distribution/reference ParseNormalizedNamed and TagNameOnly. @throws ReferenceError
 */
export function parseReference(text: string): ImageReference {
  const [name, digest] = splitOnce(text, '@')
  const { repository: rest, tag } = splitTag(name)
  const { domain, path } = splitDomain(rest)
  // The name ends at its first colon, even where the rest is no tag.
  const [named = ''] = path.split(':')
  if (named !== named.toLowerCase())
    throw new ReferenceError(`invalid reference format: repository name (${named}) must be lowercase`)
  const isValid =
    DOMAIN.test(domain) &&
    PATH.test(path) &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest))
  if (!isValid) throw new ReferenceError('invalid reference format')
  const repository = `${domain}/${path}`
  const effectiveTag = tag ?? (digest === undefined ? 'latest' : undefined)
  return {
    repository,
    ...(effectiveTag === undefined ? {} : { tag: effectiveTag }),
    ...(digest === undefined ? {} : { digest }),
    canonical: `${repository}${effectiveTag === undefined ? '' : `:${effectiveTag}`}${digest ? `@${digest}` : ''}`,
  }
}

function splitOnce(text: string, separator: string): [string, string?] {
  const index = text.indexOf(separator)
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)]
}

/** The tag is what follows the last colon behind the last slash. */
function splitTag(name: string): { repository: string; tag?: string } {
  const slash = name.lastIndexOf('/')
  const colon = name.lastIndexOf(':')
  return colon > slash
    ? { repository: name.slice(0, colon), tag: name.slice(colon + 1) }
    : { repository: name }
}

/** The first part is a registry if it looks like a host; Docker Hub's own images live under library/. */
function splitDomain(name: string): { domain: string; path: string } {
  const [first = '', ...others] = name.split('/')
  const isHost =
    others.length > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase())
  const domain = isHost ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io'
  const path = isHost ? others.join('/') : name
  return { domain, path: domain === 'docker.io' && !path.includes('/') ? `library/${path}` : path }
}
