import type { KafkaSettings } from '#core/kafka'
import type { InputRecord } from '#core/records'
import type { DebitDecided, DebitDecision } from '#schemas/generated/types'
import { debitDecisions } from '#schemas/topics'
import { rewriteTopic, valueIn, withValue } from '#tests/end-to-end/rewritten-topic'

export type IsIt = (decision: DebitDecision) => boolean
export type Alter = (decision: DebitDecision) => object

/** Alters the first decision of all records that it finds so, where it lies; returns it as it was. */
export async function alteredDecision(
  kafka: KafkaSettings,
  records: readonly InputRecord[],
  { isIt, alter }: { readonly isIt: IsIt; readonly alter: Alter },
): Promise<DebitDecision> {
  const it = records.find((record) => {
    const { is_repeat, decision } = valueIn<DebitDecided>(debitDecisions, record)
    return !is_repeat && isIt(decision)
  })!
  const told = valueIn<DebitDecided>(debitDecisions, it)
  const decision = { ...told.decision, ...alter(told.decision) }
  const other = withValue(debitDecisions, it, { ...told, decision })
  const rewritten = records.map((one) => (one === it ? other : one))
  await rewriteTopic(kafka, debitDecisions, rewritten)
  return told.decision
}
