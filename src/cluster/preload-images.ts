// Gives k3s images of the engine that it runs in, so that it pulls nothing.

import { finished } from 'node:stream/promises'
import { EnvironmentProblem } from './environment-problem.ts'
import { IMPORT_IMAGE } from './k3s-image.ts'

/** Hands each image over as an archive. Throws EnvironmentProblem for one that the engine does not have, or k3s does not take. */
export async function preloadImages(
  containerId: string,
  images: readonly string[],
  onProgress: (text: string) => void,
): Promise<void> {
  if (images.length === 0) return
  const { getContainerRuntimeClient } = await import('testcontainers')
  const { dockerode } = (await getContainerRuntimeClient()).container
  for (const image of images) {
    onProgress(`handing ${image} over to k3s`)
    const archive = await dockerode
      .getImage(image)
      .get()
      .catch((error: unknown) => {
        throw new EnvironmentProblem(
          `the engine does not have the image ${image} that k3s is to be given`,
          `docker pull ${image}`,
          { cause: error },
        )
      })
    const options = { Cmd: [...IMPORT_IMAGE], AttachStdin: true, AttachStdout: true, AttachStderr: true }
    const importing = await dockerode.getContainer(containerId).exec(options)
    const stream = await importing.start({ hijack: true, stdin: true })
    let said = ''
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    archive.pipe(stream)
    // A command that ends before it has read everything breaks the pipe: its exit code and its words say why.
    await finished(stream).catch(() => {})
    archive.unpipe(stream)
    const { ExitCode } = await importing.inspect()
    if (ExitCode !== 0)
      throw new EnvironmentProblem(
        `k3s does not take the image ${image}: ${said.replaceAll(/[^\n -~]/g, '').trim()}`,
        `docker save ${image} | docker exec -i CONTAINER ${IMPORT_IMAGE.join(' ')}`,
      )
  }
}
