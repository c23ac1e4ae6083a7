// A cluster of k3s in a container of its own, or of any image that keeps the contract of rancher/k3s.

import type { K3sContainer, StartedK3sContainer } from '@testcontainers/k3s'
import type { Cluster } from './cluster.ts'
import { crictlNode } from './crictl.ts'
import { containerProblem } from './container-problem.ts'
import { EnvironmentProblem } from './environment-problem.ts'
import { COMMAND, DEFAULT_VERSION, K3S_VERSIONS, RESTRICTED, START_MS, k3sImage } from './k3s-image.ts'
import { kubeconfigCluster } from './kubeconfig.ts'
import { preloadImages } from './preload-images.ts'

/** So much of its log tells why k3s has not started. */
const LAST_LINES = 20

export interface K3sOptions {
  /** `v1.34`, a tag of rancher/k3s, or a whole image; K3S_IMAGE unless told, else the newest version that is known. */
  readonly version?: string
  /** Images of the local engine that k3s is given, so that it needs no registry for them. */
  readonly preload?: readonly string[]
  /** Whether it goes on afterwards, and is taken again by whoever asks for the same with this. */
  readonly isReused?: boolean
  /** Told what takes so long. */
  readonly onProgress?: (text: string) => void
}

/** Starts it; closing the cluster removes the container, unless it is to be reused. Throws EnvironmentProblem. */
export async function k3sCluster(options: K3sOptions = {}): Promise<Cluster> {
  const image = imageOf(options.version ?? process.env['K3S_IMAGE'] ?? DEFAULT_VERSION)
  const { isReused = false, onProgress = () => {}, preload = [] } = options
  onProgress(`starting ${image}`)
  const container = await started(image, isReused)
  const stop = async () => {
    if (!isReused) await container.stop()
  }
  try {
    await preloadImages(container.getId(), preload, onProgress)
    const cluster = await kubeconfigCluster({ text: container.getKubeConfig() })
    const close = async () => {
      await cluster.close()
      await stop()
    }
    const node = crictlNode((command) => shell(container, command))
    return {
      ...cluster,
      name: 'k3s',
      node,
      kubeConfig: () => Promise.resolve(container.getKubeConfig()),
      close,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The container is the node: what is typed in it is typed there. */
async function shell(container: StartedK3sContainer, command: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await container.exec([...command])
  if (exitCode === 0) return stdout
  throw new Error(`${command.join(' ')} on the node of k3s ended with ${exitCode}: ${stderr.trim()}`)
}

function imageOf(version: string): string {
  const image = k3sImage(version)
  if (image !== undefined) return image
  throw new EnvironmentProblem(
    `no image of k3s is known for version ${version}`,
    `choose one of ${K3S_VERSIONS.join(', ')}, a tag such as v1.34.1-k3s1, or a whole image:\nK3S_IMAGE=rancher/k3s:v1.34.1-k3s1 podproof test --cluster k3s`,
  )
}

/** Privileged, as k3s wants it; and where the engine cannot do that, with what it can. */
async function started(image: string, isReused: boolean): Promise<StartedK3sContainer> {
  const { K3sContainer: Container } = await containers()
  const { OWNER_LABEL, REUSED, THIS_OWNER, removeOwnContainers } = await import('./own-containers.ts')
  const host = await engineHost(image)
  let said: readonly string[] = []
  const start = (container: K3sContainer) => {
    const prepared = container
      .withCommand([...COMMAND, `--tls-san=${host}`])
      .withLabels({ [OWNER_LABEL]: isReused ? REUSED : THIS_OWNER })
      .withStartupTimeout(START_MS)
      .withLogConsumer((log) =>
        log.on('data', (line: unknown) => (said = [...said, String(line)].slice(-LAST_LINES))),
      )
    return (isReused ? prepared.withReuse() : prepared).start()
  }
  try {
    return await start(new Container(image))
  } catch (error) {
    // The module leaves behind what was made and could not be started.
    await removeOwnContainers()
    if (!isCapabilityRefusal(error))
      throw containerProblem(error, `k3s cannot be started from ${image}`, said)
  }
  const RestrictedContainer = restricted(Container)
  try {
    return await start(new RestrictedContainer(image))
  } catch (error) {
    await removeOwnContainers()
    throw containerProblem(error, `k3s cannot be started from ${image}`, said)
  }
}

/** Where published ports are found: on a remote engine the certificate has to name it. */
async function engineHost(image: string): Promise<string> {
  const { getContainerRuntimeClient } = await import('testcontainers')
  try {
    const { info } = await getContainerRuntimeClient()
    return info.containerRuntime.host
  } catch (error) {
    throw containerProblem(error, `k3s cannot be started from ${image}`)
  }
}

/** The same without privileges: the module has no way to take back what it asks for. */
function restricted(Container: typeof K3sContainer) {
  return class extends Container {
    constructor(image: string) {
      super(image)
      const { CapAdd, CapDrop, SecurityOpt } = RESTRICTED
      Object.assign(this.hostConfig, {
        Privileged: false,
        CapAdd: [...CapAdd],
        CapDrop: [...CapDrop],
        SecurityOpt: [...SecurityOpt],
      })
    }
  }
}

/** An optional peer: only whoever wants k3s installs it. */
async function containers() {
  try {
    return await import('@testcontainers/k3s')
  } catch (error) {
    throw new EnvironmentProblem(
      'k3s needs the packages testcontainers and @testcontainers/k3s, which are not installed',
      'npm install --save-dev testcontainers @testcontainers/k3s',
      { cause: error },
    )
  }
}

/** runc's words where the engine itself holds less than every capability. */
function isCapabilityRefusal(error: unknown): boolean {
  return /unable to apply caps|operation not permitted/.test(String(error))
}
