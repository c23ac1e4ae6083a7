// A log over connections that break: each line once, in its order, whatever the instants.

import { expect } from 'chai'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readLog } from '../../../src/cluster/http/logs.ts'
import { ToldLines } from '../../../src/cluster/http/told-lines.ts'
import { Transport } from '../../../src/cluster/http/transport.ts'
import { WallClock } from '../../../src/time/wall.ts'

const second = (seconds: number, text: string) => ({ atMs: seconds * 1_000, text })

/** Serves a log as a kubelet does, with whole seconds of `sinceTime`; the connection breaks after so many bytes, each in its turn. */
async function readThrough(log: readonly string[], ...breaks: readonly number[]) {
  const asked: (string | null)[] = []
  const server = createServer((request, response) => {
    const since = new URL(request.url ?? '', 'http://localhost').searchParams.get('sinceTime')
    asked.push(since)
    const text = log
      .filter((line) => Date.parse(line.slice(0, 24)) >= Date.parse(since ?? '2000-01-01Z'))
      .join('')
    const most = breaks[asked.length - 1]
    response.writeHead(200)
    if (most === undefined) response.end(text)
    else response.write(text.slice(0, most), () => setTimeout(() => request.socket.destroy(), 20))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const transport = new Transport({
    server: new URL(`http://127.0.0.1:${port}`),
    credentials: () => Promise.resolve({}),
  })
  const lines: string[] = []
  const target = { namespace: 'n', pod: 'p', container: 'c' }
  const onLine = ({ text }: { readonly text: string }) => void lines.push(text)
  const reading = readLog({ transport, wall: new WallClock(), target, options: { follow: true }, onLine })
  await new Promise<void>((resolve) => reading.end.onSettle(resolve))
  transport.close()
  server.close()
  return { asked, failure: reading.failure, lines }
}

describe('a log', () => {
  const LOG = [
    '2026-11-22T08:31:20.100Z first\n',
    '2026-11-22T08:31:22.500Z same\n',
    '2026-11-22T08:31:22.500Z same\n',
    '2026-11-22T08:31:22.400Z of the other stream\n',
    '2026-11-22T08:31:22.500Z same\n',
    '2026-11-22T08:31:23.000Z last\n',
  ]
  const TEXTS = ['first', 'same', 'same', 'of the other stream', 'same', 'last']

  it('has each of its lines once wherever its connection breaks', async () => {
    const length = LOG.join('').length
    for (let most = 0; most <= length; most += 9) {
      const { failure, lines } = await readThrough(LOG, most)
      expect(lines, `broken after ${most} of ${length}`).to.deep.equal(TEXTS)
      expect(failure).to.equal(undefined)
    }
  }).timeout(60_000)

  it('is read on from the second before the last line', async () => {
    const { asked, lines } = await readThrough(LOG, 100, 0, 60)
    expect(lines).to.deep.equal(TEXTS)
    expect(asked.slice(0, 2)).to.deep.equal([null, '2026-11-22T08:31:21Z'])
  })

  it('is remembered only as far back as it would be shown again', () => {
    const told = new ToldLines()
    for (const line of [second(1, 'a'), second(2.5, 'b'), second(9, 'c')]) told.add(line)
    expect(told.sinceMs).to.equal(8_000)
    const wasTold = told.again()
    expect([second(2.5, 'b'), second(9, 'c'), second(9, 'c')].map(wasTold)).to.deep.equal([
      false,
      true,
      false,
    ])
  })
})
