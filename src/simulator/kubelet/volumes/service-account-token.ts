// The token with which a pod's processes could speak to the API server.

import type { Pod } from '../../kinds/pod/pod.ts'

const ISSUER = 'https://kubernetes.default.svc.cluster.local'
/** Tokens of pods are issued for a year where the pod asked for an hour (kube-apiserver: service-account-extend-token-expiration). */
const EXTENDED_SECONDS = 31_536_000

/** A JSON web token with the claims of a bound token; nobody in the cluster verifies its signature. */
export function serviceAccountToken(
  { metadata, spec }: Pod,
  request: { readonly audience?: string | undefined; readonly expirationSeconds: number },
  nowMs: number,
): string {
  const nowSeconds = Math.floor(nowMs / 1_000)
  const name = spec?.serviceAccountName ?? 'default'
  const namespace = metadata.namespace ?? ''
  const isDefault = request.audience === undefined && request.expirationSeconds === 3607
  const claims = {
    aud: [request.audience ?? ISSUER],
    exp: nowSeconds + (isDefault ? EXTENDED_SECONDS : request.expirationSeconds),
    iat: nowSeconds,
    iss: ISSUER,
    'kubernetes.io': {
      namespace,
      node: { name: spec?.nodeName },
      pod: { name: metadata.name, uid: metadata.uid },
      serviceaccount: { name },
      ...(isDefault ? { warnafter: nowSeconds + request.expirationSeconds } : {}),
    },
    nbf: nowSeconds,
    sub: `system:serviceaccount:${namespace}:${name}`,
  }
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part(claims)}.`
}
