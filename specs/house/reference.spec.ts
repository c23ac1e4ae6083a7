// The reference pages say what the code says.

import { referencePage, sentencesPage } from '../support/reference.ts'
import { expectGolden } from '../support/golden.ts'

describe('the documentation', () => {
  it('lists what the code lists', () => {
    expectGolden(referencePage(), new URL('../../docs/reference.md', import.meta.url))
  })

  it('has every sentence', () => {
    expectGolden(sentencesPage(), new URL('../../docs/sentences.md', import.meta.url))
  })
})
