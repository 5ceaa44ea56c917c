import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { withLog } from '#apps/platform/inspection/log-access'
import { commandOperator } from '#apps/platform/operating/operator'
import { type Retried, retryPayment } from '#apps/platform/operating/retry-payment'
import { platformSettings } from '#apps/platform/settings'

function tell(answer: Retried, id: string): number {
  if ('retriedAs' in answer) {
    print(answer.retriedAs)
    return 0
  }
  report(
    'refused' in answer
      ? `refused: ${answer.refused}`
      : `it was asked for and is not decided yet: corrente payment show ${id} tells`,
  )
  return 1
}

/** A failed creation once more, before its application is told. */
export const paymentRetry: Command = {
  name: 'payment retry',
  summary: 'create a payment again whose creation failed',
  help: `corrente payment retry <payment id> [--reason <text>] [--json] [--port-base <n>]

Asks that a payment is created again under a new id, in the place of one that is CREATION_FAILED. That can be done
until its application was told of the failure (CORRENTE_RETRY_WINDOW_SECONDS of the worker), because nothing leads
out of an application that was told. Asked again it names the same payment. What is asked is noted, with the reason, on
corrente.operations in the same transaction: corrente audit. Exit code 1 where it is refused or not decided yet.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        reason: { type: 'string' },
        json: { type: 'boolean', default: false },
        'port-base': { type: 'string' },
      },
    })
    const [given, ...more] = positionals
    if (!given || more.length > 0) throw new UsageError('say one payment id')
    const settings = platformSettings(await installed(values['port-base']))
    const paymentId = given.toLowerCase()
    const retrying = { paymentId, operator: commandOperator(), reason: values.reason ?? null }
    const answer = await withLog(settings, (log) => retryPayment(log, retrying))
    if (!values.json) return tell(answer, paymentId)
    print(JSON.stringify(answer))
    return 'retriedAs' in answer ? 0 : 1
  },
}
