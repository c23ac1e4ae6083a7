// The kubeconfig of a served API: where it is, whom to trust, who one is.

import { writeFileSync } from 'node:fs'
import type { Certificates } from './certificates.ts'

/** What a client has to know. */
export interface Access {
  /** `https://127.0.0.1:6443` */
  readonly url: string
  readonly token: string
  /** Left out for a plain server. */
  readonly certificates?: Certificates | undefined
  /** The context's namespace; `default` if left out. */
  readonly namespace?: string | undefined
}

/** The text of a kubeconfig file: JSON, which every reader of YAML reads. */
export function kubeConfigText({ url, token, certificates, namespace }: Access): string {
  const name = 'podproof'
  const authority = certificates && { 'certificate-authority-data': base64(certificates.authority) }
  const client = certificates && {
    'client-certificate-data': base64(certificates.client.certificate),
    'client-key-data': base64(certificates.client.key),
  }
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: url, ...authority } }],
    users: [{ name, user: { token, ...client } }],
    contexts: [{ name, context: { cluster: name, user: name, ...(namespace && { namespace }) } }],
    'current-context': name,
  }
  return `${JSON.stringify(config, null, 2)}\n`
}

/** Writes a kubeconfig that nobody but its owner can read. */
export function writeKubeConfig(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 })
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
