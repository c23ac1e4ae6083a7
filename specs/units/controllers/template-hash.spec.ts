// The names of templates are those that a real cluster gives them.

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import type { PodTemplateSpec } from '../../../src/pod/json.ts'
import { revisionHash, templateHash } from '../../../src/simulator/controllers/template-hash.ts'

const golden = fileURLToPath(new URL('../../../../shared/golden/api/', import.meta.url))
const template: PodTemplateSpec = {
  metadata: { labels: { app: 'd' } },
  spec: {
    containers: [
      {
        name: 'c',
        image: 'busybox:1.28',
        command: ['sh', '-c', 'trap "exit 0" TERM; sleep 3600 & wait'],
        resources: {},
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        imagePullPolicy: 'IfNotPresent',
      },
    ],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 1,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  },
}

interface Exchange {
  readonly name: string
  readonly response: { readonly body: { readonly events?: readonly { readonly object: Recorded }[] } }
}

interface Recorded {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> }
  readonly spec?: { readonly template?: PodTemplateSpec }
  readonly data?: unknown
}

function recorded(theme: string, watch: string): readonly Recorded[] {
  const { exchanges } = JSON.parse(readFileSync(`${golden}${theme}.json`, 'utf8')) as {
    exchanges: readonly Exchange[]
  }
  return exchanges.find(({ name }) => name === watch)?.response.body.events?.map(({ object }) => object) ?? []
}

describe('the hash of a template', () => {
  it('changes with the template and with the number of collisions', () => {
    const hashes = [
      templateHash(template),
      templateHash(template, 1),
      templateHash({ ...template, metadata: {} }),
    ]
    expect(new Set(hashes).size).to.equal(3)
    expect(hashes[0]).to.match(/^[bcdfghjklmnpqrstvwxz2456789]{8,10}$/)
  })

  it('is the one that a real cluster computes for Deployments', function () {
    if (!existsSync(golden)) return this.skip()
    for (const { metadata, spec } of recorded('controllers-deployment', 'watch-replicasets')) {
      const { 'pod-template-hash': hash, ...labels } = spec?.template?.metadata?.labels ?? {}
      expect(templateHash({ ...spec?.template, metadata: { ...spec?.template?.metadata, labels } })).to.equal(
        hash,
        metadata.name,
      )
    }
  })

  it('is the one that a real cluster computes for StatefulSets', function () {
    if (!existsSync(golden)) return this.skip()
    for (const { metadata, data } of recorded('controllers-stateful', 'watch-controllerrevisions')) {
      const hash = metadata.labels?.['controller.kubernetes.io/hash']
      if (hash) expect(revisionHash(data, 0)).to.equal(hash, metadata.name)
    }
  })
})
