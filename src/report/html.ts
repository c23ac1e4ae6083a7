// The report as one HTML file without dependencies: it opens from a disk, an artifact store or a mail.

import { durationSentence, offset, seconds } from './duration-words.ts'
import { escapeMarkup } from './escape-markup.ts'
import { HTML_STYLE } from './html-style.ts'
import type { ClaimReport, DurationReport, RunReport, TestReport } from './run-report.ts'
import { ownTitle, suitesOf } from './suites.ts'
import type { Suite } from './suites.ts'
import { summary, summaryText } from './summary.ts'
import { svgWaterfall } from './svg-waterfall.ts'

/** The whole report as a page. */
export function htmlReport(report: RunReport): string {
  const { cluster, seed } = report
  const facts = `${cluster.name} (${cluster.version})${seed === undefined ? '' : `, seed ${seed}`}`
  const outcome = summary(report).failed === 0 ? 'passed' : 'failed'
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>podproof: ${escapeMarkup(summaryText(report))}</title>`,
    `<style>\n${HTML_STYLE}</style>`,
    '</head>',
    '<body>',
    `<header><h1>What podproof found</h1><p class="${outcome}">${escapeMarkup(summaryText(report))}</p><p>${escapeMarkup(facts)}. Times are cluster time; offsets count from the start of each test.</p></header>`,
    ...timing(report),
    '<h2>Claims</h2>',
    ...suitesOf(report).map(suiteSection),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function timing({ tests }: RunReport): string[] {
  const durations = tests.flatMap((test) => test.durations)
  if (durations.length === 0) return []
  const claimed = durations.filter((duration) => duration.claimed)
  const observed = durations.filter((duration) => !duration.claimed)
  const more = `<details><summary>Durations that nobody claimed anything about: ${observed.length}</summary>`
  return [
    '<h2>Timing</h2>',
    ...claimed.map(durationFigure),
    ...(observed.length === 0 ? [] : [more, ...observed.map(durationFigure), '</details>']),
  ]
}

function durationFigure(duration: DurationReport): string {
  const state = duration.held ? 'passed' : 'failed'
  const sentence = `<span class="${state}">${escapeMarkup(durationSentence(duration))}</span>`
  return `<figure><figcaption>${sentence} <b>${seconds(duration.ms)}</b></figcaption>\n${svgWaterfall(duration)}</figure>`
}

function suiteSection({ file, titles, tests }: Suite): string {
  const heading = `<h3>${escapeMarkup(titles.join(' › '))} <code>${escapeMarkup(file)}</code></h3>`
  return [`<section>${heading}`, ...tests.map(testArticle), '</section>'].join('\n')
}

const MARKS = { passed: '✔', failed: '✖', skipped: '–' } as const

function testArticle(test: TestReport): string {
  const reason = test.reason === undefined ? '' : ` <small>skipped: ${escapeMarkup(test.reason)}</small>`
  const title = `<h4 class="${test.state}">${MARKS[test.state]} ${escapeMarkup(ownTitle(test))}${reason}</h4>`
  const claims = test.claims.length === 0 ? [] : ['<ol>', ...test.claims.map(claimItem), '</ol>']
  const failure = test.failure === undefined ? [] : [`<pre>${escapeMarkup(test.failure)}</pre>`]
  return ['<article>', title, ...claims, ...failure, '</article>'].join('\n')
}

function claimItem({ at, text, held }: ClaimReport): string {
  const state = held ? 'passed' : 'failed'
  return `<li class="${state}"><time>${offset(at)}</time> <code>${escapeMarkup(text)}</code></li>`
}
