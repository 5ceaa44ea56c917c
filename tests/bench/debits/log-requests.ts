import { randomUUID } from 'node:crypto'
import { cardKeyOf } from '#apps/corrente/secrets'
import { type Tokens, tokensOf } from '#apps/debit-edge/reading/card'
import { registerSchemas } from '#apps/platform/contracts'
import { codecOf } from '#schemas/codec'
import type { DebitRequest } from '#schemas/generated/types'
import { debits } from '#schemas/topics'
import { debit, open, sampleCard } from '#streams/debits/debit-samples'
import { numberOf } from '#tests/bench/debits/requests'
import { framed } from '#tests/bench/engine/bench-events'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import { writeAll } from '#tests/bench/engine/loads'

const currency = 'BRL'
const openingBalance = 100_000_000_000

/** The tokens that the edge of an installation makes. */
export const tokensIn = (folder: string): Tokens =>
  tokensOf(Buffer.from(cardKeyOf(folder), 'base64'))

function made(request: DebitRequest, account_id: string): DebitRequest {
  const request_id = randomUUID()
  const event_id = randomUUID()
  // As long as a digest.
  const fingerprint = `${request_id}-------`
  return { ...request, account_id, request_id, event_id, fingerprint, requested_at: Date.now() }
}

/** What the edge writes where the account of the n-th card is opened. */
export function openingOf(tokens: Tokens, n: number): DebitRequest {
  const card_id = tokens.cardId(numberOf(n))
  return made(open(openingBalance, { currency, card: sampleCard({ card_id }) }), card_id)
}

/** What the edge writes where the n-th card is debited. */
export function debitOf(tokens: Tokens, n: number): DebitRequest {
  const card_id = tokens.cardId(numberOf(n))
  return made(debit('', 1_000, { currency, card_id }), card_id)
}

/** Appends so many requests to `debits`, as the edge does. */
export async function writeRequests(
  stack: BenchStack,
  count: number,
  requestOf: (n: number) => DebitRequest,
): Promise<void> {
  const [registered] = await registerSchemas(stack.registry, [debits])
  const codec = codecOf(debits.schema)
  await writeAll(stack, debits.name, count, (n) => {
    const request = requestOf(n)
    return { key: request.account_id, value: framed(registered!.id, codec.encode(request)) }
  })
}
