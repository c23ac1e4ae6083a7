// The spec of which the start-up time is measured: one test that does nothing.

describe('nothing', () => {
  it('is claimed', () => {})
})
