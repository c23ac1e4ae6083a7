// Every selector that a real API server was asked about is accepted, or refused in its words.

import { expect } from 'chai'
import { existsSync, readFileSync } from 'node:fs'
import { parseLabelSelector } from '../../../src/pod/label-selector.ts'

interface Exchange {
  readonly name: string
  readonly request: { readonly path: string }
  readonly response: { readonly status: number; readonly body?: { readonly message?: string } }
}

const path = new URL('../../../../shared/golden/api/lists.json', import.meta.url)

describe('label selectors of recorded lists', () => {
  if (!existsSync(path)) {
    it.skip('needs the recorded exchanges, which lie beside the repository')
    return
  }
  const { exchanges } = JSON.parse(readFileSync(path, 'utf8')) as { exchanges: readonly Exchange[] }
  for (const { name, request, response } of exchanges.filter((exchange) =>
    exchange.name.startsWith('label-'),
  )) {
    it(name, () => {
      const text = new URL(request.path, 'http://server').searchParams.get('labelSelector') ?? ''
      expect(outcome(() => parseLabelSelector(text))).to.equal(
        response.status === 200 ? 'accepted' : response.body?.message,
      )
    })
  }
})

function outcome(parse: () => unknown): string {
  try {
    parse()
    return 'accepted'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
