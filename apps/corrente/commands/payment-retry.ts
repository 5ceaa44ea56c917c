import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { type LogAccess, withLog } from '#apps/platform/inspection/log-access'
import { readStory } from '#apps/platform/inspection/read-story'
import { factsFrom } from '#apps/corrente/facts-from'
import { retryAnswerIn, whyNotRetried } from '#apps/corrente/retry-answer'
import { type PlatformSettings, platformSettings } from '#apps/platform/settings'
import { openPublisher } from '#core/publisher'
import type { Position } from '#core/records'
import { appVersion } from '#core/version'
import { newWire } from '#core/wire'
import { paymentFacts } from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'

const answerMsMax = 30_000
const pauseMs = 500

/** A failed creation once more, before its application is told. */
export const paymentRetry: Command = {
  name: 'payment retry',
  summary: 'create a payment again whose creation failed',
  help: `corrente payment retry <payment id> [--port-base <n>]

Asks that a payment is created again under a new id, in the place of one that is CREATION_FAILED. That can be done
until its application was told of the failure (CORRENTE_RETRY_WINDOW_SECONDS of the worker), because nothing leads
out of an application that was told. Asked again it names the same payment. Exit code 1 where it is refused or not
decided yet.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { 'port-base': { type: 'string' } },
    })
    const [given, ...more] = positionals
    if (!given || more.length > 0) throw new UsageError('say one payment id')
    const settings = platformSettings(await installed(values['port-base']))
    return withLog(settings, (log) => retry(log, settings, given.toLowerCase()))
  },
}

async function retry(log: LogAccess, settings: PlatformSettings, id: string): Promise<number> {
  const before = await readStory(log, { id })
  const known = retryAnswerIn(before, id)
  if (known) return tell(known)
  const reason = whyNotRetried(before, id)
  if (reason !== undefined) {
    report(reason)
    return 1
  }
  const asked = await ask(settings, id)
  const deadline = performance.now() + answerMsMax
  while (performance.now() < deadline) {
    const answer = retryAnswerIn(await factsFrom(log, asked, id), id)
    if (answer) return tell(answer)
    await sleep(pauseMs)
  }
  report(`it was asked for and is not decided yet: corrente payment show ${id} tells`)
  return 1
}

function tell(answer: { readonly retriedAs: string } | { readonly refused: string }): number {
  if ('refused' in answer) {
    report(`refused: ${answer.refused}`)
    return 1
  }
  print(answer.retriedAs)
  return 0
}

async function ask(
  { kafka, wire: format }: PlatformSettings,
  payment_id: string,
): Promise<Position> {
  const wire = newWire(format)
  await wire.prepareWrite([paymentFacts])
  const publisher = await openPublisher(kafka, wire, `corrente:${appVersion}`)
  try {
    const occurred_at = formatDateTime(new Date())
    const fact = { payment_id, occurred_at, type: 'RetryRequested' as const }
    return await publisher.publish(paymentFacts, fact, { 'correlation-id': payment_id })
  } finally {
    await publisher.close()
  }
}
