// The house rules that a reader of ARCHITECTURE.md relies on: imports go downwards, and no street has two ways.

import { expect } from 'chai'
import { internalImports, packageImports, sourceText } from './imports.ts'

/** Every room but the command line. */
const EVERYTHING =
  'mocha scenario transcript terminal report expect why history cluster simulator process pod time'.split(' ')

/** For each room the rooms below it that it may enter (its own is always open). */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'index.ts': EVERYTHING,
  cli: EVERYTHING,
  mocha: ['expect', 'report', 'cluster', 'pod', 'time'],
  scenario: ['terminal', 'expect', 'report', 'why', 'history', 'cluster', 'pod', 'time'],
  transcript: ['terminal', 'expect', 'report', 'why', 'history', 'cluster', 'pod', 'time'],
  report: ['why', 'history', 'pod', 'time'],
  expect: ['terminal', 'why', 'history', 'cluster', 'pod', 'time'],
  why: ['history', 'pod', 'time'],
  terminal: ['cluster', 'process', 'pod', 'time'],
  history: ['cluster', 'pod', 'time'],
  cluster: ['time'],
  simulator: ['process', 'pod', 'time'],
  process: ['time'],
  pod: ['time'],
  time: [],
}

/** The same inside the simulator. */
const MAY_IMPORT_IN_SIMULATOR: Readonly<Record<string, readonly string[]>> = {
  wiring: ['api', 'controllers', 'images', 'kinds', 'kubelet', 'network', 'scheduler', 'store', 'timing.ts'],
  'timing.ts': [],
  api: ['kinds', 'store'],
  controllers: ['events', 'kinds', 'store', 'timing.ts'],
  events: ['kinds', 'store', 'timing.ts'],
  images: [],
  kinds: ['store'],
  kubelet: ['events', 'images', 'kinds', 'network', 'store', 'timing.ts'],
  network: ['kinds', 'store', 'timing.ts'],
  scheduler: ['events', 'kinds', 'store', 'timing.ts'],
  store: [],
}

describe('the house', () => {
  it('imports downwards only', () => {
    const upward = internalImports()
      .map(({ from, to }) => ({ from, to, fromRoom: room(from), toRoom: room(to) }))
      .filter(({ fromRoom, toRoom }) => fromRoom !== toRoom && !(MAY_IMPORT[fromRoom] ?? []).includes(toRoom))
      .filter(({ from, toRoom }) => !(from === 'cluster/simulator.ts' && toRoom === 'simulator'))
    expect(upward.map(({ from, to }) => `${from} -> ${to}`)).to.deep.equal([])
  })

  it('imports downwards only inside the simulator', () => {
    const upward = internalImports()
      .filter(({ from, to }) => room(from) === 'simulator' && room(to) === 'simulator')
      .map(({ from, to }) => ({ from, to, fromRoom: innerRoom(from), toRoom: innerRoom(to) }))
      .filter(({ fromRoom, toRoom }) => fromRoom !== toRoom)
      .filter(({ fromRoom, toRoom }) => !(MAY_IMPORT_IN_SIMULATOR[fromRoom] ?? []).includes(toRoom))
    expect(upward.map(({ from, to }) => `${from} -> ${to}`)).to.deep.equal([])
  })

  it('has no two-way streets between rooms', () => {
    expect([...twoWayStreets(MAY_IMPORT), ...twoWayStreets(MAY_IMPORT_IN_SIMULATOR)]).to.deep.equal([])
  })

  it('loads the Kubernetes client, the test runner and the container library only where they are asked for', () => {
    const heavy = /^(@kubernetes\/client-node|mocha|testcontainers|@testcontainers\/.*)$/
    const eager = packageImports()
      .filter(({ to }) => heavy.test(to))
      .filter(({ from, to }) => isEager(from, to))
    expect(eager.map(({ from, to }) => `${from} -> ${to}`)).to.deep.equal([])
  })
})

function room(file: string): string {
  return file.split('/')[0] ?? file
}

/** The files beside the rooms of the simulator wire them up, but for the timing that all of them read. */
function innerRoom(file: string): string {
  const inner = file.split('/')[1] ?? file
  return inner.endsWith('.ts') && inner !== 'timing.ts' ? 'wiring' : inner
}

/** Whether the file needs the package as soon as it is loaded: an import of values, outside a function. */
function isEager(file: string, name: string): boolean {
  const statement = new RegExp(`(?:^|\\n)import\\s+(?!type\\b)[^;'"]*['"]${name}['"]`)
  return statement.test(sourceText(file))
}

/** Pairs of rooms each of which may be reached from the other. */
function twoWayStreets(table: Readonly<Record<string, readonly string[]>>): string[] {
  const reach = (from: string, seen = new Set<string>()): Set<string> => {
    for (const next of table[from] ?? []) if (!seen.has(next)) reach(next, seen.add(next))
    return seen
  }
  return Object.keys(table).filter((room) => reach(room).has(room))
}
