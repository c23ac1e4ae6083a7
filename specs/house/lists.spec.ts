// The lists through which the house grows: what a file offers is in its list, and the list is sorted.

import { expect } from 'chai'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, sourceFiles } from './imports.ts'

interface List {
  readonly folder: string
  /** The file of the list, and the name under which it is exported. */
  readonly file: string
  readonly name: string
  /** Whether something that a file exports belongs into the list. */
  readonly isItem: (value: Item, name: string) => boolean
  /** By what the list is sorted; undefined when it is by the names of the files. */
  readonly sortedBy?: (item: Item) => unknown
}

type Item = Readonly<Record<string, unknown>>

const has =
  (...fields: readonly string[]) =>
  (value: Item) =>
    fields.every((field) => value[field] !== undefined)

const LISTS: readonly List[] = [
  {
    folder: 'cli',
    file: 'cli/verbs.ts',
    name: 'VERBS',
    isItem: has('name', 'declare'),
    sortedBy: ({ name }) => name,
  },
  {
    folder: 'process/programs',
    file: 'process/programs/programs.ts',
    name: 'programs',
    isItem: has('name', 'run'),
  },
  {
    folder: 'simulator/controllers',
    file: 'simulator/controllers/controllers.ts',
    name: 'controllers',
    isItem: (_, name) => /(?:Controller|Publisher|Collector)$/.test(name),
  },
  {
    folder: 'simulator/images',
    file: 'simulator/images/images.ts',
    name: 'images',
    isItem: has('repository', 'tag', 'programs'),
  },
  {
    folder: 'simulator/kinds',
    file: 'simulator/kinds/kinds.ts',
    name: 'kinds',
    isItem: has('plural', 'singular', 'version'),
  },
  {
    folder: 'why/causes',
    file: 'why/causes.ts',
    name: 'CAUSES',
    isItem: has('steps', 'find'),
    sortedBy: ({ name }) => name,
  },
]

describe('the lists of the house', function () {
  this.timeout(60_000)

  for (const { folder, file, name, isItem, sortedBy } of LISTS) {
    it(`hold everything that the files of src/${folder} offer`, async () => {
      const list = (await exportsOf(file))
        .filter(([exported]) => exported === name)
        .flatMap(([, value]) => itemsOf(value, isItem))
      const missing: string[] = []
      for (const source of sourceFiles().filter(
        (path) => path.startsWith(`${folder}/`) && path !== 'cli/main.ts',
      )) {
        for (const [exported, value] of await exportsOf(source)) {
          if (isItem(value, exported) && !list.includes(value)) missing.push(`${source}: ${exported}`)
        }
      }
      expect(list).not.to.have.length(0)
      expect(missing).to.deep.equal([])
      if (sortedBy)
        expect(list.map(sortedBy).map(String)).to.deep.equal(list.map(sortedBy).map(String).toSorted())
    })
  }
})

/** A list is an array, of which every element counts by itself, or an object of names. */
function itemsOf(value: Item, isItem: List['isItem']): Item[] {
  return isItem(value, '') || typeof value === 'function' ? [value] : Object.values(value).filter(isRecord)
}

/** The objects and functions that a file exports; arrays count by their elements. */
async function exportsOf(file: string): Promise<[string, Readonly<Record<string, unknown>>][]> {
  const module_ = (await import(pathToFileURL(join(root, 'src', file)).href)) as Record<string, unknown>
  return Object.entries(module_).flatMap(([name, value]) => {
    const values: unknown[] = Array.isArray(value) ? value : [value]
    return values.filter(isRecord).map((item): [string, Readonly<Record<string, unknown>>] => [name, item])
  })
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
