// Why an engine does not start containers, in words of what to do about it.

import { EnvironmentProblem } from './environment-problem.ts'

/** By what testcontainers and the engine say; each from a trial. */
const PROBLEMS: readonly (readonly [words: RegExp, problem: string, advice: string])[] = [
  [
    /could not find a working container runtime/i,
    'no Docker engine answers',
    'start Docker (or Podman, with DOCKER_HOST set to its socket), or use a cluster that needs none:\npodproof test --cluster simulator',
  ],
  [
    /EACCES|permission denied.*docker/i,
    'this user may not talk to the Docker engine',
    'sudo usermod -aG docker $USER, then log in anew',
  ],
  [
    /no such image|not found: manifest|manifest unknown|pull access denied|failed to resolve reference/i,
    'the image does not exist, or cannot be pulled',
    'choose another: K3S_IMAGE=rancher/k3s:v1.34.1-k3s1, or pull it yourself: docker pull IMAGE',
  ],
  [
    /no such host|dial tcp|i\/o timeout|TLS handshake/i,
    'the registry of the image cannot be reached',
    'bring the image by another way: docker load, then K3S_IMAGE=IMAGE',
  ],
  [
    /not received after|timed? ?out/i,
    'k3s did not become ready in time',
    'look at its log: docker logs CONTAINER; k3s needs cgroups and 1 GB of memory',
  ],
]

/** `failed` says what did not work, `log` how the log of the container ends. */
export function containerProblem(
  error: unknown,
  failed: string,
  log: readonly string[] = [],
): EnvironmentProblem {
  const text = error instanceof Error ? error.message : String(error)
  const found = PROBLEMS.find(([words]) => words.test(text))
  const [, problem, advice] = found ?? [undefined, text, 'docker info']
  const end = log.length === 0 ? '' : `\nthe end of its log:\n${log.join('\n')}`
  return new EnvironmentProblem(`${failed}: ${problem}`, advice + end, { cause: error })
}
