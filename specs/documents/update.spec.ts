// An update restores a page whose outputs were damaged, leaves the rest byte for byte, and is made once and for all.

import { expect } from 'chai'
import { Random } from '../../src/time/random.ts'
import { documentText, hasDocuments, type PageName, PAGES, verifyOnSimulator } from '../support/documents.ts'
import { kubectl136, whyNoKubectl } from '../support/kubectl.ts'
import { falsify } from '../support/mutate-page.ts'

/** How often each page is damaged, and in how many places each time. */
const TIMES = 3
const PLACES = 3
const APART = 6

/** What is false on the pages as they stand: a first update mends it. */
const KNOWN: Readonly<Record<PageName, readonly number[]>> = {
  'console-style': [79],
  'pod-lifecycle.zh': [179, 216],
  'site-style': [157, 170],
}

describe('an update of a whole page', function () {
  this.timeout(300_000)
  let kubectlFile: string

  before(function () {
    const file = kubectl136()
    if (file === undefined || !hasDocuments) {
      console.log(`      skipped: ${hasDocuments ? whyNoKubectl() : '../shared/documents is not there'}`)
      this.skip()
    }
    kubectlFile = file
  })

  async function updated(text: string): Promise<string> {
    return (await verifyOnSimulator('page.md', text, { kubectlFile })).updatedText()
  }

  function linesThatDiffer(a: string, b: string): number[] {
    const [one, other] = [a.split('\n'), b.split('\n')]
    return one.flatMap((line, index) => (line === other[index] ? [] : [index + 1]))
  }

  /** In several places that stand apart. Lines of a log's two streams may stand in any order: to change it is no damage. */
  function damage(whole: string, random: Random, name: PageName): string {
    let text = whole
    const lines: number[] = []
    while (lines.length < PLACES) {
      const mutation = falsify(text, random, KNOWN[name])
      const isApart = lines.every((line) => Math.abs(line - mutation.line) > APART)
      if (!isApart || (mutation.kind === 'order' && name === 'pod-lifecycle.zh')) continue
      text = mutation.text
      lines.push(mutation.line)
    }
    return text
  }

  /** Ages are those of the replay, and a line that was damaged comes back in the words of the kubectl that printed it. */
  function withoutAges(text: string): string {
    return text
      .replace(/ deleted from default namespace/g, ' deleted')
      .replace(/(?<=\s)(?:\d+[smh])+(?=\)|\s|$)/gm, 'AGE')
      .replace(/\b\d+ (?:second|minute)s?(?= ago)/g, 'AGE')
      .replace(/(?<=^real\s+)\S+$/gm, 'REAL')
  }

  for (const name of PAGES) {
    it(`mends what is false on ${name}, and only that; a second one changes nothing`, async () => {
      const text = documentText(name)
      const mended = await updated(text)
      expect(mended.split('\n')).to.have.length(text.split('\n').length)
      for (const line of linesThatDiffer(text, mended)) expect(KNOWN[name]).to.include(line)
      expect(await updated(mended)).to.equal(mended)
    })

    it(`restores ${name} from damage in ${PLACES} places (${TIMES} times), byte for byte but for ages`, async () => {
      const whole = await updated(documentText(name))
      const random = new Random(`damage/${name}`)
      for (let time = 0; time < TIMES; time++) {
        const damaged = damage(whole, random, name)
        expect(damaged).not.to.equal(whole)
        const restored = await updated(damaged)
        expect(withoutAges(restored)).to.equal(withoutAges(whole))
        expect(await updated(restored)).to.equal(restored)
      }
    })
  }

  it('is not made where a command could not be judged', async () => {
    const page = ['```console', '$ kubectl get pods -n other', 'nothing', '$ kubectl top pods', 'CPU', '```', '']
    expect(await updated(page.join('\n'))).to.equal(page.join('\n'))
  })
})
