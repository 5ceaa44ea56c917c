import { type Judged, judged } from '#apps/corrente/conformance/checks/checks'
import type { Encoding, Observed } from '#apps/corrente/conformance/observed'
import { paymentsSeen } from '#apps/corrente/conformance/observed'
import type { Outcome } from '#apps/corrente/conformance/outcome'
import { textAt } from '#apps/corrente/conformance/read-event'
import type { Trial } from '#apps/corrente/conformance/run-trial'
import { appVersion } from '#core/version'
import { formatDateTime } from '#schemas/values/date-time'

export type Counts = Readonly<Record<Outcome['outcome'], number>>

/** A run as it is told; its shape as JSON changes only with `form`. No person is in it. */
export interface ConformanceReport {
  readonly form: 1
  readonly kit: string
  readonly proxy: string
  readonly topic: string
  readonly encoding: Encoding
  /** Who wrote the events that were judged. */
  readonly app_ids: readonly string[]
  readonly started_at: string
  readonly ended_at: string
  /** Given up half way. */
  readonly is_given_up: boolean
  readonly counts: Counts
  readonly checks: readonly Judged[]
  readonly left_behind: readonly string[]
}

interface Told {
  readonly proxy: string
  readonly topic: string
  readonly startedAt: Date
  readonly endedAt: Date
}

export function reportOf(
  { observed, isGivenUp, leftBehind }: Trial,
  told: Told,
): ConformanceReport {
  const checks = judged(observed)
  const count = (outcome: Outcome['outcome']) =>
    checks.filter((check) => check.outcome === outcome).length
  return {
    form: 1,
    kit: `corrente-conform:${appVersion}`,
    proxy: told.proxy,
    topic: told.topic,
    encoding: observed.encoding,
    app_ids: appIdsIn(observed),
    started_at: formatDateTime(told.startedAt),
    ended_at: formatDateTime(told.endedAt),
    is_given_up: isGivenUp,
    counts: {
      passed: count('passed'),
      failed: count('failed'),
      'not-applicable': count('not-applicable'),
      'not-tried': count('not-tried'),
    },
    checks,
    left_behind: leftBehind,
  }
}

const appIdsIn = (observed: Observed): readonly string[] =>
  [
    ...new Set(
      paymentsSeen(observed)
        .flatMap(({ events }) => events)
        .map(({ value }) => textAt(value, 'app_id') ?? '(none)'),
    ),
  ].sort()

/** Whether nothing failed, something passed, and the run came to its end. */
export const isConformant = ({ counts, is_given_up }: ConformanceReport): boolean =>
  !is_given_up && counts.failed === 0 && counts.passed > 0

const words: Readonly<Record<Outcome['outcome'], string>> = {
  passed: 'passed',
  failed: '**FAILED**',
  'not-applicable': 'not applicable',
  'not-tried': 'not tried',
}

/** Addresses below the proxy's base are shown without it. */
const shortened = (check: Judged, proxy: string): Judged =>
  'seen' in check ? { ...check, seen: check.seen.replaceAll(`${proxy}/`, '/') } : check

/** The report as a page for the people who run the proxy. */
export function markdownOf(report: ConformanceReport): string {
  const { counts, left_behind } = report
  const checks = report.checks.map((check) => shortened(check, report.proxy))
  const failures = checks.flatMap((check) =>
    check.outcome === 'failed'
      ? [
          `- \`${check.id}\` (${cell(check.source)}): expected ${cell(check.expected)}; seen ${cell(check.seen)}`,
        ]
      : [],
  )
  return [
    `# Conformance of ${cell(report.proxy)}`,
    '',
    `${counts.passed} passed, ${counts.failed} failed, ${counts['not-tried']} not tried, ` +
      `${counts['not-applicable']} not applicable.${report.is_given_up ? ' Given up half way.' : ''}`,
    '',
    `Topic ${cell(report.topic)} in ${report.encoding === 'avro' ? 'Avro' : 'plain JSON'}; ` +
      `events by ${report.app_ids.map(cell).join(', ') || 'nobody'}; ` +
      `${report.started_at} to ${report.ended_at}; ${report.kit}.`,
    '',
    ...(failures.length > 0 ? ['## Failed', '', ...failures, ''] : []),
    '## All',
    '',
    '| check | required | source | outcome | seen, or why not |',
    '| ----- | -------- | ------ | ------- | ---------------- |',
    ...checks.map(rowOf),
    '',
    ...(left_behind.length > 0
      ? ['## Left behind', '', ...left_behind.map((what) => `- ${cell(what)}`), '']
      : []),
  ].join('\n')
}

const rowOf = (check: Judged): string => {
  const seen = 'reason' in check ? check.reason : check.seen
  const cells = [`\`${check.id}\``, check.requirement, check.source, words[check.outcome], seen]
  return `| ${cells.map(cell).join(' | ')} |`
}

/** What others wrote must not break the table, nor become mark-up. */
const cell = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[|<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
