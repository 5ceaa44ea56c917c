import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import { transactionMs } from '#core/transactions'

const { ok, advice, warning } = findingsOf('durability')

const weekMs = 7 * 24 * 3_600_000
const cleanupMsMax = 10_000

/** What brokers do with topics that are made from now on, and with transactions; what they do not tell is not judged. */
export function defaultFindings(settings: ReadonlyMap<string, string>): readonly Finding[] {
  const number = (name: string) => (settings.has(name) ? Number(settings.get(name)) : undefined)
  const below = (name: string, least: number, why: string) => {
    const value = number(name)
    return value !== undefined && value < least && warning(`${name} is ${value}: ${why}`)
  }
  const expiration = number('transactional.id.expiration.ms')
  const cleanup = number('transaction.abort.timed.out.transaction.cleanup.interval.ms')
  const found = [
    below('default.replication.factor', 3, 'topics are made with so many copies; set it to 3'),
    below('offsets.topic.replication.factor', 3, 'where units stand is kept so often; set it to 3'),
    below(
      'transaction.state.log.replication.factor',
      3,
      'without this log nothing is committed; set it to 3',
    ),
    below(
      'transaction.state.log.min.isr',
      2,
      'an end of a transaction may be forgotten; set it to 2',
    ),
    expiration !== undefined &&
      expiration < weekMs &&
      advice(
        `transactional.id.expiration.ms is ${expiration}: a producer that is silent for longer begins anew, which harms ` +
          'nothing, but what an owner of before left open is told of no more; leave it at a week',
      ),
    cleanup !== undefined &&
      cleanup > cleanupMsMax &&
      advice(
        `transaction.abort.timed.out.transaction.cleanup.interval.ms is ${cleanup}: what a killed process left open holds ` +
          `readers for ${transactionMs} ms and up to so long; 5000 is what the embedded broker has`,
      ),
  ].filter((finding) => finding !== false)
  return found.length > 0 ? found : [ok('new topics and transactions are kept in several copies')]
}
