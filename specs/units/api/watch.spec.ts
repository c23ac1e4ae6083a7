import { expect } from 'chai'
import { BEGAN_MS, events, world } from './world.ts'

const NOTES = '/api/v1/namespaces/shop/configmaps'

describe('A watch', () => {
  it('begins with what there is, and goes on with what happens', () => {
    const { send } = world()
    send('POST', NOTES, { metadata: { name: 'a' } })
    const seen = events(send('GET', `${NOTES}?watch=1`))
    send('POST', NOTES, { metadata: { name: 'b' } })
    send('DELETE', `${NOTES}/a`)
    expect(seen).to.deep.equal(['ADDED a@1', 'ADDED b@2', 'DELETED a@3'])
  })

  it('from a resourceVersion tells what happened since', () => {
    const { send } = world()
    send('POST', NOTES, { metadata: { name: 'a' } })
    send('POST', NOTES, { metadata: { name: 'b' } })
    expect(events(send('GET', `${NOTES}?watch=1&resourceVersion=1`))).to.deep.equal(['ADDED b@2'])
  })

  it('from a resourceVersion that is forgotten is told so, and ends', () => {
    const { send } = world(2)
    for (const name of ['a', 'b', 'c', 'd']) send('POST', NOTES, { metadata: { name } })
    const seen = events(send('GET', `${NOTES}?watch=1&resourceVersion=1`))
    expect(seen).to.deep.equal(['ERROR too old resource version: 1 (2)@', 'end'])
  })

  it('sees an object enter and leave its selection', () => {
    const { send } = world()
    const seen = events(send('GET', `${NOTES}?watch=1&labelSelector=on`))
    send('POST', NOTES, { metadata: { name: 'a' } })
    const patch = (labels: object) =>
      send(
        'PATCH',
        `${NOTES}/a`,
        { metadata: { labels } },
        { 'content-type': 'application/merge-patch+json' },
      )
    patch({ on: '1' })
    patch({ on: '2' })
    patch({ on: null })
    expect(seen).to.deep.equal(['ADDED a@2', 'MODIFIED a@3', 'DELETED a@4'])
  })

  it('is told nothing of a write that changes nothing, nor of a dry run', () => {
    const { send } = world()
    send('POST', NOTES, { metadata: { name: 'a' }, data: { x: '1' } })
    const seen = events(send('GET', `${NOTES}?watch=1&resourceVersion=1`))
    send('PATCH', `${NOTES}/a`, { data: { x: '1' } }, { 'content-type': 'application/merge-patch+json' })
    send('DELETE', `${NOTES}/a?dryRun=All`)
    expect(seen).to.deep.equal([])
  })

  it('marks the end of the initial events for those who ask', () => {
    const { send } = world()
    send('POST', NOTES, { metadata: { name: 'a' } })
    const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true'
    expect(events(send('GET', `${NOTES}?${query}`))).to.deep.equal(['ADDED a@1', 'BOOKMARK @1'])
  })

  it('ends after timeoutSeconds, with a bookmark two seconds before', () => {
    const { send, clock } = world()
    send('POST', NOTES, { metadata: { name: 'a' } })
    const seen = events(
      send('GET', `${NOTES}?watch=1&resourceVersion=1&timeoutSeconds=6&allowWatchBookmarks=true`),
    )
    const at: number[] = []
    while (clock.step(BEGAN_MS + 10_000)) at.push(clock.now() - BEGAN_MS)
    expect({ seen, at }).to.deep.equal({ seen: ['BOOKMARK @1', 'end'], at: [4000, 6000] })
  })

  it('leaves nothing behind when its reader hangs up', () => {
    const { send, clock } = world()
    const response = send('GET', `${NOTES}?watch=1`)
    if (response.is !== 'watch') throw new Error('expected a watch')
    response.open({ event: () => {}, end: () => {} })()
    expect(clock.pendingEvents).to.equal(0)
  })

  it('hangs up in the middle of an event without hearing the next', () => {
    const { send } = world()
    const response = send('GET', `${NOTES}?watch=1`)
    if (response.is !== 'watch') throw new Error('expected a watch')
    let count = 0
    const hangUp = response.open({
      event: () => {
        count++
        hangUp()
      },
      end: () => {},
    })
    send('POST', NOTES, { metadata: { name: 'a' } })
    send('POST', NOTES, { metadata: { name: 'b' } })
    expect(count).to.equal(1)
  })
})
