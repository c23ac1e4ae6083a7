// What a shell on the simulated node asks: the containers of its runtime, over a socket that only this container has.

import { mkdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname } from 'node:path'

/** Beside the sockets of real runtimes (/run/k3s/containerd/containerd.sock); crictl.ts asks there. */
export const NODE_SOCKET = '/run/podproof/node.sock'

/** Answers every question with what `containers` says at that moment, as JSON. Answers how to close it. */
export async function serveNode(containers: () => unknown, path = NODE_SOCKET): Promise<() => Promise<void>> {
  mkdirSync(dirname(path), { recursive: true })
  rmSync(path, { force: true })
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(containers()))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}
