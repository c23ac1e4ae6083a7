#!/usr/bin/env node
// The program crictl in the image of the simulator: lists the containers of the simulated node, as far as podproof asks for it.

import { realpathSync } from 'node:fs'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { criContainer, criContainerStatus, criSandbox } from './cri.ts'
import type { ListedContainer } from './cri.ts'
import { NODE_SOCKET } from './node-socket.ts'

const USAGE = `crictl of the simulator of podproof knows:
  crictl ps [-a] -o json
  crictl pods -o json
  crictl inspect ID`

// By its own name in the image it is a link to this file; whoever imports it wants no answer.
if (realpathSync(process.argv[1] ?? '') === fileURLToPath(import.meta.url))
  await answer(process.argv.slice(2))

async function answer(args: readonly string[]): Promise<void> {
  try {
    process.stdout.write(`${JSON.stringify(answerOf(args, await listed()), undefined, 2)}\n`)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}

function answerOf([verb, ...rest]: readonly string[], all: readonly ListedContainer[]): unknown {
  const options = rest.join(' ').replace(/--output[= ]/, '-o ')
  const isAll = /(?:^| )(?:-a|--all)\b/.test(options)
  if (verb === 'ps' && options.includes('-o json'))
    return { containers: containersIn(all, isAll).map(criContainer) }
  if (verb === 'pods' && options.includes('-o json')) return { items: all.filter(isSandbox).map(criSandbox) }
  if (verb !== 'inspect') throw new Error(USAGE)
  const found = containersIn(all, true).find(({ id }) => rest.some((begin) => id.startsWith(begin)))
  if (!found) throw new Error(`getting the status of the container "${rest.join(' ')}": not found`)
  return { status: criContainerStatus(found) }
}

function containersIn(all: readonly ListedContainer[], isAll: boolean): readonly ListedContainer[] {
  return all.filter((each) => !isSandbox(each) && (isAll || each.state === 'running'))
}

function isSandbox({ name }: ListedContainer): boolean {
  return name.startsWith('k8s_POD_')
}

function listed(): Promise<readonly ListedContainer[]> {
  return new Promise((resolve, reject) => {
    const asking = request(
      { socketPath: process.env['CONTAINER_RUNTIME_ENDPOINT'] ?? NODE_SOCKET, path: '/' },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve(JSON.parse(Buffer.concat(chunks).toString()) as readonly ListedContainer[]),
        )
      },
    )
    asking.on('error', reject)
    asking.end()
  })
}
