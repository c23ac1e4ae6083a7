// File systems: shared layers, copies on write, mounts, links and permissions.

import { expect } from 'chai'
import { FileSystem } from '../../../src/process/files.ts'
import { layer } from '../../../src/process/layer.ts'
import { SystemError } from '../../../src/process/system-error.ts'
import { VirtualClock } from '../../../src/time/virtual.ts'

const image = layer(
  {
    '/etc/motd': 'hello\n',
    '/etc/deep/er/file': 'x',
    '/var/run': { link: '/run' },
    '/run': { directory: true },
  },
  0,
)
const user = { uid: 1000, gid: 1000, groups: [2000] }

function fileSystem(options: Partial<ConstructorParameters<typeof FileSystem>[0]> = {}): FileSystem {
  return new FileSystem({ timers: new VirtualClock(5_000), layer: image, ...options })
}

/** The code of what `body` throws. */
function refusal(body: () => unknown): string {
  try {
    body()
  } catch (error) {
    if (error instanceof SystemError) return error.code
  }
  return 'nothing'
}

describe('A file system', () => {
  it('keeps what it writes to itself, and leaves the layer as it was', () => {
    const [one, other] = [fileSystem(), fileSystem()]
    one.writeText('/etc/motd', 'changed')
    one.remove('/etc/deep/er/file')
    one.makeDirectory('/etc/new')
    expect(one.list('/etc')).to.deep.equal(['deep', 'motd', 'new'])
    expect(other.list('/etc')).to.deep.equal(['deep', 'motd'])
    expect(other.readText('/etc/motd')).to.equal('hello\n')
    expect(other.list('/etc/deep/er')).to.deep.equal(['file'])
  })

  it('counts the bytes that it holds itself', () => {
    const files = fileSystem()
    files.writeText('/a', '12345')
    files.writeText('/b', '123')
    files.remove('/b')
    expect(files.usedBytes).to.equal(5)
  })

  it('gives what changes the time of the clock', () => {
    const files = fileSystem()
    files.writeText('/a', '')
    expect([files.node('/a').mtimeMs, files.node('/etc/motd').mtimeMs]).to.deep.equal([5_000, 0])
  })

  it('follows symbolic links in the middle and at the end of a path', () => {
    const files = fileSystem()
    files.writeText('/var/run/pid', '1')
    files.symlink('pid', '/run/link')
    expect(files.readText('/run/link')).to.equal('1')
    expect(files.realPath('/var/run/link')).to.equal('/run/pid')
  })

  it('shares a mounted tree with everybody who mounts it', () => {
    const shared = new FileSystem({ timers: new VirtualClock(0) })
    const [one, other] = [fileSystem(), fileSystem()]
    one.mount('/data', shared)
    other.mount('/mnt/deep/data', shared)
    one.writeText('/data/f', 'seen')
    expect(other.readText('/mnt/deep/data/f')).to.equal('seen')
    expect(one.list('/')).to.include('data')
    expect(one.usedBytes).to.equal(0)
  })

  it('mounts a single file, and a sub-path', () => {
    const source = new FileSystem({ timers: new VirtualClock(0) })
    source.writeText('/hosts', '127.0.0.1 localhost\n')
    source.makeDirectory('/logs/web', {}, true)
    const files = fileSystem()
    files.mount('/etc/hosts', source, { subPath: 'hosts' })
    files.mount('/logs', source, { subPath: 'logs/web' })
    files.writeText('/logs/access', 'GET')
    expect(files.readText('/etc/hosts')).to.equal('127.0.0.1 localhost\n')
    expect(source.readText('/logs/web/access')).to.equal('GET')
  })

  const refusals: readonly [string, string, (files: FileSystem) => unknown][] = [
    ['a missing file', 'ENOENT', (files) => files.read('/nope')],
    ['a file used as a directory', 'ENOTDIR', (files) => files.read('/etc/motd/x')],
    ['reading a directory', 'EISDIR', (files) => files.read('/etc')],
    ['making what is there', 'EEXIST', (files) => files.makeDirectory('/etc')],
    ['removing a directory that is not empty', 'ENOTEMPTY', (files) => files.remove('/etc', undefined, true)],
    ['writing where another user may not', 'EACCES', (files) => files.writeText('/etc/x', '', { user })],
    [
      'changing the mode of a file of somebody else',
      'EPERM',
      (files) => files.change('/etc/motd', { mode: 0o777 }, user),
    ],
    [
      'a loop of links',
      'ELOOP',
      (files) => (files.symlink('/a', '/b'), files.symlink('/b', '/a'), files.read('/a')),
    ],
  ]
  for (const [what, code, body] of refusals) {
    it(`refuses ${what} with ${code}`, () => {
      expect(refusal(() => body(fileSystem()))).to.equal(code)
    })
  }

  it('refuses to write when it is read-only, and beyond its limit', () => {
    expect(refusal(() => fileSystem({ isReadOnly: true }).writeText('/x', ''))).to.equal('EROFS')
    expect(refusal(() => fileSystem({ limitBytes: 3 }).writeText('/x', '1234'))).to.equal('ENOSPC')
  })

  it('lets a group with setgid have what is made in its directory', () => {
    const volume = new FileSystem({ timers: new VirtualClock(0), root: { gid: 2000, mode: 0o2775 } })
    volume.writeText('/f', '', { user })
    expect(volume.node('/f')).to.include({ uid: 1000, gid: 2000 })
  })
})
