// The pages beside the repository: exactly the findings that are known of them, with whichever kubectl.

import { expect } from 'chai'
import { countVerdicts, type PageVerdict } from '../../src/transcript/verdict.ts'
import { documentText, hasDocuments, type PageName, PAGES, verifyOnSimulator } from '../support/documents.ts'
import { kubectlInPath, kubectlOf, whyNoKubectl } from '../support/kubectl.ts'

/** What a correct run of each page reports, by lines: as the findings files beside the pages say. */
const FINDINGS: Readonly<Record<PageName, readonly string[]>> = {
  'console-style': ['79: 2 is 1'],
  'pod-lifecycle.zh': ['179, 216 contradict each other: 5m4s'],
  'site-style': ['157: 1 is 0', '170: real    0m2.911s is real'],
}

const KUBECTLS: readonly { name: string; file: () => string | undefined; why: string }[] = [
  { name: 'kubectl 1.36', file: () => kubectlOf(36), why: whyNoKubectl(36) },
  { name: 'kubectl 1.35', file: () => kubectlOf(35), why: whyNoKubectl(35) },
  { name: 'the kubectl in PATH', file: kubectlInPath, why: 'there is no kubectl in PATH' },
]

/** The findings of a verdict in the words of the table above. */
function findingsOf({ commands, findings }: PageVerdict): string[] {
  const differing = commands.flatMap(({ verdict, differences }) =>
    verdict === 'differs'
      ? differences.map(({ line, expected, seen }) => `${line.line}: ${expected} is ${seen?.split(/\s/)[0]}`)
      : [],
  )
  const contradictions = findings.map(
    ({ lines, message }) =>
      `${lines.map(({ line }) => line).join(', ')} contradict each other: ${message.split(' ')[0]}`,
  )
  return [...differing, ...contradictions]
}

describe('the pages beside the repository', function () {
  this.timeout(120_000)

  before(function () {
    if (hasDocuments) return
    console.log('      skipped: ../shared/documents is not there')
    this.skip()
  })

  for (const { name, file, why } of KUBECTLS) {
    describe(`with ${name}`, () => {
      for (const page of PAGES) {
        it(`says of ${page} what is known of it, and nothing else`, async function () {
          const kubectlFile = file()
          if (kubectlFile === undefined) {
            console.log(`      skipped: ${why}`)
            this.skip()
          }
          const { verdict } = await verifyOnSimulator(`${page}.md`, documentText(page), { kubectlFile })
          expect(findingsOf(verdict)).to.deep.equal(FINDINGS[page])
          expect(countVerdicts(verdict).notRun).to.equal(0)
        })
      }
    })
  }
})
