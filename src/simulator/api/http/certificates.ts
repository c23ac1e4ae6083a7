// The certificates of a served API: an authority of its own, a server's for the loopback and further names, and a client's.

import { isIP } from 'node:net'
import { admin } from './user.ts'

/** PEM texts. */
export interface Certificates {
  readonly authority: string
  readonly server: KeyPair
  readonly client: KeyPair
}

export interface KeyPair {
  readonly certificate: string
  readonly key: string
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const VALID_MS = 365 * 24 * 3_600_000
/** Clocks of clients may be behind: the certificates were valid an hour ago. */
const SKEW_MS = 3_600_000

/**
 * Makes all of them, valid around `nowMs` of the wall, for a server that is also known under `furtherNames`. The libraries are loaded here and not before: who does not serve
 * TLS does not pay for them.
 */
export async function makeCertificates(
  nowMs: number,
  furtherNames: readonly string[] = [],
): Promise<Certificates> {
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const validity = { notBefore: new Date(nowMs - SKEW_MS), notAfter: new Date(nowMs + VALID_MS) }
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const { BasicConstraintsExtension, KeyUsagesExtension, KeyUsageFlags } = x509
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=podproof',
    keys,
    signingAlgorithm: ALGORITHM,
    ...validity,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
    ],
  })

  async function issue(subject: string, usage: string, extensions: InstanceType<typeof x509.Extension>[]) {
    const own = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
    const certificate = await x509.X509CertificateGenerator.create({
      subject,
      issuer: authority.subject,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: ALGORITHM,
      ...validity,
      extensions: [
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([usage]),
        ...extensions,
      ],
    })
    const key = x509.PemConverter.encode(
      await crypto.subtle.exportKey('pkcs8', own.privateKey),
      'PRIVATE KEY',
    )
    return { certificate: certificate.toString('pem'), key }
  }

  const names = new x509.SubjectAlternativeNameExtension([
    { type: 'dns', value: 'localhost' },
    { type: 'dns', value: 'kubernetes.default.svc' },
    { type: 'ip', value: '127.0.0.1' },
    { type: 'ip', value: '::1' },
    ...furtherNames.map((value) => ({ type: isIP(value) > 0 ? ('ip' as const) : ('dns' as const), value })),
  ])
  return {
    authority: authority.toString('pem'),
    server: await issue('CN=kube-apiserver', x509.ExtendedKeyUsage.serverAuth, [names]),
    client: await issue(`O=${admin.groups[0]}, CN=${admin.name}`, x509.ExtendedKeyUsage.clientAuth, []),
  }
}
