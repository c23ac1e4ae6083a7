// Why an API server cannot be reached, in words of what to do about it.

import { EnvironmentProblem } from './environment-problem.ts'
import type { ConnectionError } from './http/transport.ts'

/** By Node's error codes (nodejs.org, "Common system errors"; OpenSSL's X509_V_ERR names). */
const PROBLEMS: Readonly<Record<string, readonly [problem: string, advice: string]>> = {
  CERT_HAS_EXPIRED: [
    "the API server's certificate has expired",
    'renew it on the cluster (kubeadm: kubeadm certs renew apiserver; k3s: restart k3s)',
  ],
  CERT_NOT_YET_VALID: [
    "the API server's certificate is not valid yet",
    'compare the clocks of this machine and of the cluster: date -u',
  ],
  ECONNREFUSED: [
    'nobody listens there',
    'start the cluster, or choose another context: kubectl config get-contexts',
  ],
  ECONNRESET: ['the connection is closed at once', 'check proxies and firewalls on the way: kubectl version'],
  EAI_AGAIN: ['its name cannot be resolved now', 'check the network and its DNS: kubectl version'],
  EHOSTUNREACH: ['no route leads there', 'check the network, or the VPN: kubectl version'],
  ENOTFOUND: ['its name is not known to the DNS', 'check the server of the cluster: kubectl config view'],
  EPROTO: ['it does not speak TLS', 'check the server of the cluster, http or https: kubectl config view'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    "the API server's certificate is for other names",
    'use one of its names as server, or set tls-server-name: kubectl config view',
  ],
  ETIMEDOUT: ['it does not answer', 'check the network, or the VPN: kubectl version'],
}

/** Of certificates that nobody vouches for. */
const UNTRUSTED = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
]

export function connectionProblem(
  error: ConnectionError,
  server: string,
  context: string,
): EnvironmentProblem {
  const [why, advice] = reasonOf(error)
  return new EnvironmentProblem(
    `the API server of the context "${context}" at ${server} cannot be reached: ${why}`,
    advice,
    { cause: error },
  )
}

function reasonOf({ cause, message }: ConnectionError): readonly [string, string] {
  const { code = '', message: text = message } = cause as {
    readonly code?: string
    readonly message?: string
  }
  const known = PROBLEMS[code]
  if (known) return known
  if (UNTRUSTED.includes(code))
    return [
      "the API server's certificate is not signed by the authority of the kubeconfig",
      'the cluster may have been made anew: get its kubeconfig again',
    ]
  if (/wrong version number|packet length too long/.test(text)) return PROBLEMS['EPROTO'] ?? [text, '']
  if (/Parse Error/.test(text))
    return ['it does not speak HTTP', 'check the server of the cluster, http or https: kubectl config view']
  return [text, 'kubectl version']
}

/** A credential plugin could not be run, or had nothing to say. */
export function credentialProblem(error: unknown, context: string): EnvironmentProblem {
  const text = error instanceof Error ? error.message : String(error)
  return new EnvironmentProblem(
    `there are no credentials for the context "${context}": ${text.split('\n')[0]}`,
    'run the credential plugin that the kubeconfig names by hand: kubectl config view\nlog in anew if it asks for it',
    { cause: error },
  )
}
