import type { LogAccess } from '#apps/platform/inspection/log-access'
import type { Position } from '#core/records'
import { recordsBetween } from '#core/records-between'
import type { PaymentFact } from '#schemas/generated/types'
import { paymentFacts } from '#schemas/topics'

/** What was reported of a payment from these places on. */
export async function factsFrom(
  { kafka, wire, offsets }: LogAccess,
  from: readonly Position[],
  payment_id: string,
): Promise<readonly { readonly fact: PaymentFact }[]> {
  const facts: { fact: PaymentFact }[] = []
  const ends = await offsets.ends(from)
  for await (const records of recordsBetween(kafka, { from, ends })) {
    const own = records.filter(({ key }) => key === payment_id)
    await wire.prepareRead(own.map(({ value }) => value))
    for (const { value, key } of own) {
      const read = value && wire.decode(paymentFacts, value, key)
      if (read && read.kind === 'value') facts.push({ fact: read.value as PaymentFact })
    }
  }
  return facts
}
