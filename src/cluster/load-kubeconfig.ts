// Reads a kubeconfig and picks a context, or says why there is none to pick.

import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { KubeConfig } from '@kubernetes/client-node'
import { EnvironmentProblem } from './environment-problem.ts'

export interface KubeconfigOptions {
  /** A file; KUBECONFIG and ~/.kube/config, or the service account of the Pod that this runs in, without it. */
  readonly file?: string
  /** The text of a kubeconfig, in place of a file. */
  readonly text?: string
  /** The current one of the kubeconfig unless told. */
  readonly context?: string
}

/** Where a Pod finds its service account (kubernetes.io, "Accessing the Kubernetes API from a Pod"). */
const SERVICE_ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token'

/** Throws EnvironmentProblem. client-node takes a second to load: only whoever wants a real cluster waits for it. */
export async function loadKubeconfig(options: KubeconfigOptions, nowMs: number): Promise<KubeConfig> {
  const { KubeConfig: Config } = await import('@kubernetes/client-node')
  const config = new Config()
  read(config, options)
  const { context = config.getCurrentContext() } = options
  const known = config.getContexts().map(({ name }) => name)
  if (!context)
    throw new EnvironmentProblem(
      'the kubeconfig has no current context',
      `choose one of ${known.join(', ') || 'none that it has'}:\nkubectl config use-context NAME\nor: podproof test --cluster kubeconfig:NAME`,
    )
  if (!known.includes(context))
    throw new EnvironmentProblem(
      `the kubeconfig has no context "${context}"; it has ${known.join(', ') || 'none'}`,
      'kubectl config get-contexts\npodproof test --cluster kubeconfig:NAME',
    )
  config.setCurrentContext(context)
  checkContext(config, context, nowMs)
  allowPlain(config)
  return config
}

/** client-node gives no credentials for plain HTTP unless TLS need not be verified, which there is none of anyway. */
function allowPlain(config: KubeConfig): void {
  const cluster = config.getCurrentCluster()
  if (cluster?.server.startsWith('http:')) Object.assign(cluster, { skipTLSVerify: true })
}

function read(config: KubeConfig, { file, text }: KubeconfigOptions): void {
  const source = text === undefined ? (file ?? defaultSource()) : 'the kubeconfig'
  try {
    if (text !== undefined) config.loadFromString(text)
    else if (file !== undefined) config.loadFromFile(file)
    else config.loadFromDefault()
  } catch (error) {
    throw unreadable(source, error)
  }
}

/** What client-node reads by default. Without anything to read it would try localhost:8080, which nobody means today. */
function defaultSource(): string {
  const listed = (process.env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '')
  const missing = listed.find((path) => !existsSync(path))
  if (missing !== undefined)
    throw new EnvironmentProblem(
      `KUBECONFIG names ${missing}, which does not exist`,
      'export KUBECONFIG=FILE, or unset KUBECONFIG to use ~/.kube/config',
    )
  if (listed.length > 0) return listed.join(delimiter)
  const home = join(homedir(), '.kube', 'config')
  if (existsSync(home)) return home
  if (existsSync(SERVICE_ACCOUNT_TOKEN)) return 'the service account of this Pod'
  throw new EnvironmentProblem(
    'there is no kubeconfig: KUBECONFIG is not set, ~/.kube/config does not exist, and this is not a Pod',
    'export KUBECONFIG=FILE\nor use a cluster that needs none: podproof test --cluster simulator',
  )
}

function unreadable(source: string, error: unknown): EnvironmentProblem {
  const code = (error as { readonly code?: unknown }).code
  const text = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  if (code === 'ENOENT')
    return new EnvironmentProblem(`there is no file ${source}`, 'export KUBECONFIG=FILE', { cause: error })
  if (code === 'EACCES')
    return new EnvironmentProblem(`${source} cannot be read: permission denied`, `ls -l ${source}`, {
      cause: error,
    })
  return new EnvironmentProblem(`${source} is no kubeconfig: ${text}`, 'kubectl config view', {
    cause: error,
  })
}

/** What a context refers to has to be there, and a certificate that has expired needs no server to say so. */
function checkContext(config: KubeConfig, context: string, nowMs: number): void {
  if (!config.getCurrentCluster())
    throw new EnvironmentProblem(
      `the context "${context}" names a cluster that the kubeconfig does not have`,
      'kubectl config get-clusters\nkubectl config set-context NAME --cluster CLUSTER',
    )
  const user = config.getCurrentUser()
  if (!user)
    throw new EnvironmentProblem(
      `the context "${context}" names a user that the kubeconfig does not have`,
      'kubectl config get-users\nkubectl config set-context NAME --user USER',
    )
  const certificate = certificateOf(user)
  if (certificate && Date.parse(certificate.validTo) < nowMs)
    throw new EnvironmentProblem(
      `the client certificate of the context "${context}" has expired on ${certificate.validTo}`,
      'get a new kubeconfig from whoever runs the cluster (kubeadm: kubeadm certs renew admin.conf; k3s: restart k3s)',
    )
}

function certificateOf({
  certData,
  certFile,
}: {
  readonly certData?: string
  readonly certFile?: string
}): X509Certificate | undefined {
  if (certData) return parsed(Buffer.from(certData, 'base64'))
  return certFile && existsSync(certFile) ? parsed(readFileSync(certFile)) : undefined
}

/** What is no certificate is left to the connection to complain about. */
function parsed(bytes: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(bytes)
  } catch {
    return undefined
  }
}
