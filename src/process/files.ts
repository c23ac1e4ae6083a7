// A file system in memory: layers that many containers share, copied only where one of them writes, and mounts.

import type { Timers } from '../time/clock.ts'
import { type Bytes, decode, encode } from './bytes.ts'
import { copyOf, ownDirectory } from './copy-up.ts'
import { type MountPoint, mountedAt, pointAt } from './mount-point.ts'
import {
  type Attributes,
  type DeviceNode,
  DirectoryNode,
  FileNode,
  isAllowed,
  type Node,
  type SymlinkNode,
} from './nodes.ts'
import { type DeadEnd, namesIn, type Place, type Step, walk } from './path-walk.ts'
import { SystemError } from './system-error.ts'
import { root, type User } from './user.ts'

/** Who asks, and with which modes things are made. */
export interface Making {
  /** Root if left out. */
  readonly user?: User
  /** Permission bits after the umask; 0644 for files, 0755 for directories if left out. */
  readonly mode?: number
}

/**
 * One tree: a container's root, an emptyDir, a tmpfs, the volume of a Secret. Paths are absolute byte strings. Trees
 * that are mounted into several others are shared: what one container writes, all see.
 */
export class FileSystem {
  #timers: Timers
  #root: DirectoryNode
  #mounts: MountPoint | undefined
  #usedBytes = 0
  readonly #limitBytes: number
  readonly isReadOnly: boolean
  #emptyDirectory: DirectoryNode | undefined

  /** `layer` is the image, shared and never changed. Beyond `limitBytes` (a tmpfs with a size) writes get ENOSPC. */
  constructor(options: {
    readonly timers: Timers
    readonly layer?: DirectoryNode
    readonly isReadOnly?: boolean
    readonly limitBytes?: number
    /** Mode and owner of the root of a tree without a layer; 0755 root:root if left out. */
    readonly root?: Partial<Attributes>
  }) {
    this.#timers = options.timers
    this.#limitBytes = options.limitBytes ?? Infinity
    this.isReadOnly = options.isReadOnly ?? false
    this.#root =
      options.layer ?? new DirectoryNode(this, { ...this.#attributes(root, 0o755), ...options.root })
  }

  /** Bytes in files that this tree holds itself: what counts for ephemeral storage; layers and mounts do not. */
  get usedBytes(): number {
    return this.#usedBytes
  }

  /** Covers `path` with `source`, or with the file or directory `subPath` of it (made as a directory if missing). */
  mount(
    path: string,
    source: FileSystem,
    options: { readonly isReadOnly?: boolean; readonly subPath?: string } = {},
  ): void {
    const { subPath } = options
    this.#mounts ??= { children: undefined, mounted: undefined }
    const point = pointAt(this.#mounts, path)
    if (subPath !== undefined && !source.exists(`/${subPath}`))
      source.makeDirectory(`/${subPath}`, { mode: 0o755 }, true)
    const node =
      subPath === undefined ? () => source.#root : fixed(source.#owned(source.place(`/${subPath}`)))
    point.mounted = { tree: source, node, isReadOnly: source.isReadOnly || (options.isReadOnly ?? false) }
  }

  /** Whether something is mounted at exactly `path`. */
  isMountPoint(path: string): boolean {
    return mountedAt(this.#mounts, path) !== undefined
  }

  /** Where a path leads; the node may be missing, its directory may not. @throws SystemError */
  place(path: string, user: User = root, followsLast = true): Place {
    const place = this.#walk(path, user, followsLast)
    if (typeof place === 'string') throw new SystemError(place, path)
    return place
  }

  /** The node at a path. @throws SystemError ENOENT, ENOTDIR, EACCES, ELOOP */
  node(path: string, user: User = root, followsLast = true): Node {
    const { node } = this.place(path, user, followsLast)
    if (!node) throw new SystemError('ENOENT', path)
    return node
  }

  /** The node at a path, if the path leads to one. */
  find(path: string, user: User = root): Node | undefined {
    const place = this.#walk(path, user, true)
    return typeof place === 'string' ? undefined : place.node
  }

  exists(path: string, user: User = root): boolean {
    return this.find(path, user) !== undefined
  }

  /** The path of a node without links, `.` and `..`. @throws SystemError */
  realPath(path: string, user: User = root): string {
    const { steps, node, name } = this.place(path, user)
    const names = steps.slice(1).map((step) => step.name)
    return `/${(node?.kind === 'directory' ? names : [...names, name]).join('/')}`
  }

  /** The names in a directory, sorted, without `.` and `..`. @throws SystemError */
  list(path: string, user: User = root): string[] {
    const { node, steps } = this.place(path, user)
    if (!node) throw new SystemError('ENOENT', path)
    if (node.kind !== 'directory') throw new SystemError('ENOTDIR', path)
    if (!isAllowed(node, user, 4)) throw new SystemError('EACCES', path)
    return namesIn(steps[steps.length - 1] as Step)
  }

  /** The bytes of a regular file. @throws SystemError */
  read(path: string, user: User = root): Bytes {
    const node = this.node(path, user)
    if (node.kind === 'directory') throw new SystemError('EISDIR', path)
    if (node.kind !== 'file') throw new SystemError('EINVAL', path)
    if (!isAllowed(node, user, 4)) throw new SystemError('EACCES', path)
    return node.content
  }

  /** The text of a regular file. @throws SystemError */
  readText(path: string): string {
    return decode(this.read(path))
  }

  /** Makes or replaces a file's content. Answers the file. @throws SystemError */
  write(path: string, content: Bytes, making: Making = {}): FileNode {
    const file = this.openForWriting(path, making)
    this.setContent(file, content)
    return file
  }

  /** Like `write`, with text that becomes UTF-8. */
  writeText(path: string, text: string, making: Making = {}): FileNode {
    return this.write(path, encode(text), making)
  }

  /** The file at a path as one that may be changed: made if missing, copied up from a layer. @throws SystemError */
  openForWriting(path: string, making: Making = {}): FileNode {
    const user = making.user ?? root
    const place = this.place(path, user)
    if (place.node) {
      if (place.node.kind === 'directory') throw new SystemError('EISDIR', path)
      if (place.isReadOnly) throw new SystemError('EROFS', path)
      if (!isAllowed(place.node, user, 2)) throw new SystemError('EACCES', path)
      return place.tree.#owned(place) as FileNode
    }
    const file = new FileNode(place.tree, this.#attributes(user, making.mode ?? 0o644))
    this.#enter(place, file, user, path)
    return file
  }

  /** Replaces the content of a file that may be changed. @throws SystemError ENOSPC */
  setContent(file: FileNode, content: Bytes): void {
    const owner = file.owner as FileSystem
    // An unlinked file is still written through open descriptors, but its directory no longer accounts for it.
    const grownBytes = content.length - file.content.length
    if (owner.#usedBytes + grownBytes > owner.#limitBytes) throw new SystemError('ENOSPC')
    owner.#usedBytes += grownBytes
    file.content = content
    file.program = undefined
    file.mtimeMs = this.#timers.now()
    file.announce()
  }

  /** Makes a directory, with `withParents` its missing parents too (then an existing one is fine). @throws SystemError */
  makeDirectory(path: string, making: Making = {}, withParents = false): void {
    if (withParents) {
      const parent = path.replace(/\/+[^/]*\/*$/, '')
      if (parent !== '' && !this.exists(parent)) this.makeDirectory(parent, { ...making, mode: 0o755 }, true)
    }
    const user = making.user ?? root
    const place = this.place(path.replace(/\/+$/, '') || '/', user)
    if (place.node) {
      if (withParents && place.node.kind === 'directory') return
      throw new SystemError('EEXIST', path)
    }
    const mode = making.mode ?? 0o755
    this.#enter(place, new DirectoryNode(place.tree, this.#attributes(user, mode)), user, path)
  }

  /** Makes a symbolic link. @throws SystemError */
  symlink(target: string, path: string, user: User = root): void {
    const place = this.place(path, user, false)
    const link: SymlinkNode = { kind: 'symlink', target, owner: place.tree, ...this.#attributes(user, 0o777) }
    this.#enter(place, link, user, path)
  }

  /** Enters a device, or a file that is made when it is opened. @throws SystemError */
  device(path: string, device: DeviceNode): void {
    this.#enter(this.place(path), device, root, path)
  }

  /** Gives a file a second name. @throws SystemError */
  link(from: string, to: string, user: User = root): void {
    const source = this.place(from, user, false)
    if (!source.node) throw new SystemError('ENOENT', from)
    if (source.node.kind !== 'file') throw new SystemError('EPERM', to)
    const place = this.place(to, user, false)
    if (place.tree !== source.tree) throw new SystemError('EXDEV', to)
    const file = source.tree.#owned(source) as FileNode
    this.#enter(this.place(to, user, false), file, user, to)
    file.links++
  }

  /** Removes a name: a file, link or device, or (with `isDirectory`) an empty directory. @throws SystemError */
  remove(path: string, user: User = root, isDirectory = false): void {
    const place = this.place(path, user, false)
    const { node } = place
    if (!node) throw new SystemError('ENOENT', path)
    if (isDirectory && node.kind !== 'directory') throw new SystemError('ENOTDIR', path)
    if (!isDirectory && node.kind === 'directory') throw new SystemError('EISDIR', path)
    if (place.isMounted) throw new SystemError('EBUSY', path)
    const holder = this.#holder(place, user, path)
    if (node.kind === 'directory' && namesIn(place.steps[place.steps.length - 1] as Step).length > 0) {
      throw new SystemError('ENOTEMPTY', path)
    }
    holder.entries.delete(place.name)
    if (node.kind === 'file' && node.owner) place.tree.#unlink(node)
  }

  /** Moves a name, over an existing file too. @throws SystemError EXDEV across mounts */
  rename(from: string, to: string, user: User = root): void {
    const source = this.place(from, user, false)
    const { node } = source
    if (!node) throw new SystemError('ENOENT', from)
    const target = this.place(to, user, false)
    if (source.isMounted || target.isMounted) throw new SystemError('EBUSY', from)
    if (source.tree !== target.tree) throw new SystemError('EXDEV', to)
    if (target.node === node) return
    if (target.node?.kind === 'directory' && node.kind !== 'directory') throw new SystemError('EISDIR', to)
    if (target.node && target.node.kind !== 'directory' && node.kind === 'directory')
      throw new SystemError('ENOTDIR', to)
    if (target.node) this.remove(to, user, target.node.kind === 'directory')
    this.#holder(source, user, from).entries.delete(source.name)
    this.#holder(this.place(to, user, false), user, to).entries.set(target.name, node)
  }

  /** Changes mode, owner, group or time of what is at a path. @throws SystemError */
  change(path: string, attributes: Partial<Attributes>, user: User = root): void {
    const place = this.place(path, user)
    if (!place.node) throw new SystemError('ENOENT', path)
    if (place.isReadOnly) throw new SystemError('EROFS', path)
    if (user.uid !== 0 && user.uid !== place.node.uid) throw new SystemError('EPERM', path)
    Object.assign(place.tree.#owned(place), attributes)
  }

  /** An empty directory that stands where a mount path leads through nothing. */
  emptyDirectory(): DirectoryNode {
    this.#emptyDirectory ??= new DirectoryNode(undefined, {
      mode: 0o755,
      uid: 0,
      gid: 0,
      mtimeMs: this.#timers.now(),
    })
    return this.#emptyDirectory
  }

  #walk(path: string, user: User, followsLast: boolean): Place | DeadEnd {
    const origin = {
      name: '/',
      tree: this,
      isReadOnly: this.isReadOnly,
      mounts: this.#mounts,
      isMounted: true,
      directory: this.#root,
    }
    return walk(origin, path, user, followsLast)
  }

  #attributes(user: User, mode: number): Attributes {
    return { mode, uid: user.uid, gid: user.gid, mtimeMs: this.#timers.now() }
  }

  /** Puts a new node where a place has none. */
  #enter(place: Place, node: Node, user: User, path: string): void {
    if (place.node) throw new SystemError('EEXIST', path)
    const holder = this.#holder(place, user, path)
    // In a directory with setgid (a volume with an fsGroup) new things get its group.
    if (holder.mode & SETGID) {
      node.gid = holder.gid
      if (node.kind === 'directory') node.mode |= SETGID
    }
    holder.entries.set(place.name, node)
  }

  /** The directory that holds a place's name, ready to be changed. */
  #holder(place: Place, user: User, path: string): DirectoryNode {
    if (place.isReadOnly && !place.isMounted) throw new SystemError('EROFS', path)
    const depth = place.node?.kind === 'directory' ? place.steps.length - 2 : place.steps.length - 1
    const step = place.steps[depth]
    if (!step) throw new SystemError('EBUSY', path)
    if (step.isReadOnly) throw new SystemError('EROFS', path)
    if (!isAllowed(step.directory, user, 3)) throw new SystemError('EACCES', path)
    const holder = ownDirectory(place.steps, depth)
    holder.mtimeMs = this.#timers.now()
    return holder
  }

  /** The node of a place, ready to be changed: copied up, with the directories above it, if it belongs to a layer. */
  #owned(place: Place): Node {
    const { node, steps } = place
    if (!node) throw new SystemError('ENOENT', place.name)
    if (node.owner === this) return node
    if (node.kind === 'directory') return ownDirectory(steps, steps.length - 1)
    const copy = this.#copyUp(node)
    ownDirectory(steps, steps.length - 1).entries.set(place.name, copy)
    return copy
  }

  #copyUp(node: Exclude<Node, DirectoryNode>): Node {
    if (node.kind !== 'file') return { ...node, owner: this }
    const copy = new FileNode(this, node)
    copy.content = node.content
    copy.program = node.program
    this.#usedBytes += copy.content.length
    return copy
  }

  #unlink(file: FileNode): void {
    file.links--
    if (file.links === 0) this.#usedBytes -= file.content.length
  }

  /** The root of the tree, ready to be changed. */
  ownRoot(): DirectoryNode {
    if (this.#root.owner !== this) this.#root = copyOf(this.#root, this)
    return this.#root
  }
}

const SETGID = 0o2000

function fixed(node: Node): () => Node {
  return () => node
}
