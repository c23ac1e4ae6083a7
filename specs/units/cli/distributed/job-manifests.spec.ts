// What a distributed run sends: the files that specs name, in ConfigMaps that hold them, for Pods without rights.

import { expect } from 'chai'
import { jobManifests } from '../../../../src/cli/distributed/job-manifests.ts'
import type { DistributedJob } from '../../../../src/cli/distributed/job-manifests.ts'
import { projectFiles } from '../../../../src/cli/distributed/project-files.ts'
import { projectOf } from '../fixtures.ts'

const job = (files: DistributedJob['files']): DistributedJob => ({
  name: 'j',
  image: 'i',
  shards: 2,
  run: { args: ['test'] },
  files,
  workingDir: '/project',
  deadlineSeconds: 60,
})

const kinds = (files: DistributedJob['files']) => jobManifests(job(files)).map(({ kind }) => kind)
const configMaps = (count: number) => Array.from({ length: count }, () => 'ConfigMap')
const ACCESS = ['Namespace', 'ServiceAccount', 'ClusterRole', 'ClusterRoleBinding']

describe('the files of a distributed run', () => {
  it('are the specs, what they import and name, and what is included; nothing outside of the project', () => {
    const project = projectOf({
      'a.spec.ts':
        "import { x } from './b.ts'\nimport type { Y } from './c.ts'\nx('pod.yaml', '/etc/hostname', '../up.yaml')",
      'b.ts': "export const x = () => 'a.spec.ts'",
      'c.ts': 'export interface Y {}',
      'pod.yaml': 'kind: Pod',
      'other.txt': 'other',
    })
    const paths = (...included: readonly string[]) =>
      projectFiles(['a.spec.ts'], included, project.folder).map(({ path }) => path)
    expect(paths()).to.deep.equal(['a.spec.ts', 'b.ts', 'package.json', 'pod.yaml'])
    expect(paths('*.txt')).to.include('other.txt')
    project.remove()
  })

  it('need as many ConfigMaps as a mebibyte allows for, and none where the image has them', () => {
    const file = (path: string, size: number) => ({ path, text: 'x'.repeat(size) })
    expect(kinds([])).to.deep.equal([...ACCESS, 'Job'])
    expect(kinds([file('a', 10), file('b', 10)])).to.deep.equal([...ACCESS, ...configMaps(1), 'Job'])
    expect(kinds([file('a', 500_000), file('b', 500_000)])).to.deep.equal([
      ...ACCESS,
      ...configMaps(2),
      'Job',
    ])
    expect(() => kinds([file('big.json', 2_000_000)])).to.throw(/^big.json is too large for a ConfigMap/)
  })
})
