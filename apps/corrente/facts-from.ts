import type { LogAccess } from '#apps/platform/inspection/log-access'
import type { Position } from '#core/records'
import { recordsBetween } from '#core/records-between'
import type { PaymentFact } from '#schemas/generated/types'
import { paymentFacts } from '#schemas/topics'

/** What was reported of a payment from a place on, in its partition: all facts of a payment lie in one. */
export async function factsFrom(
  { kafka, wire, offsets }: LogAccess,
  place: Position,
  payment_id: string,
): Promise<readonly { readonly fact: PaymentFact }[]> {
  const facts: { fact: PaymentFact }[] = []
  const ends = await offsets.ends([place])
  for await (const records of recordsBetween(kafka, { from: [place], ends })) {
    const own = records.filter(({ key }) => key === payment_id)
    await wire.prepareRead(own.map(({ value }) => value))
    for (const { value, key } of own) {
      const read = value && wire.decode(paymentFacts, value, key)
      if (read && read.kind === 'value') facts.push({ fact: read.value as PaymentFact })
    }
  }
  return facts
}
