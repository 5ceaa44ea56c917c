import type { Trouble } from '#soap/endpoint'

/** What the cents of an amount make the sandbox play. All other cents are normal. */
export const magicCents = {
  '02': 'refused when it is put in: Elaborato con Errori, code SBX00002',
  '03': 'the first message is answered Elaborato con Errori with trouble of its own (ABC), and puts nothing in',
  '04': 'put in, but the first answer is lost: the connection breaks after the pendency was stored',
  '05': 'the first 2 messages get an HTML page with status 200 and put nothing in',
  '06': 'the first message gets a SOAP fault (500) and puts nothing in',
  '07': 'the first message gets a SOAP fault with status 200 and puts nothing in',
  '08': 'slow: put in at once, answered after 2.5 s',
  '09': 'the first message is never answered and puts nothing in',
  '13': 'the first message is lost with its answer after its id was kept: nothing is put in, and it is a duplicate from then on',
  '19': 'down: the first 3 messages get an HTML page with 503',
  '29': 'the first message gets 429 with Retry-After: 1',
  '33': 'when paid, the same message comes twice',
  '34': 'paid twice: two messages, with two different transaction ids',
  '35': 'when paid, told in one message together with two payments that are none of ours, of which one looks like ours',
  '36': 'when paid, told at each of its stages: ESEGUITO, REGOLATO, INCASSO',
  '37': 'when paid, ESEGUITO is never told, only REGOLATO',
  '44': 'when paid, a forged message comes before the true one',
  '45': 'tells of one cent more than it was asked for',
  '46': 'tells another body of it',
  '47': 'says POSIZIONE_PAGATA_SBF when asked after it was paid; one second after the first such answer POSIZIONE_PAGATA',
  '48': 'of a type that lets nothing be told again: each click is refused',
  '55': 'says a word nobody knows when asked while it is open',
  '66': 'says a word nobody knows in the message when paid',
  '77': 'paid at once by itself after it was put in, then told',
  '88': 'says POSIZIONE_NON_PAGABILE when asked; one second after the first such answer it is paid and told',
} as const
export type MagicCents = keyof typeof magicCents

/** How a message that puts a pendency in goes wrong, and whether it is put in all the same. */
export type Scene =
  | { readonly isPutIn: boolean; readonly trouble: Trouble }
  | { readonly isPutIn: false; readonly code: string }
  | { readonly isPutIn: false; readonly trouble: Trouble; readonly isKept: true }

export const slowMs = 2_500
export const lateMs = 1_000
export const unknownWord = 'POSIZIONE_IN_VOLO'

/** The cents of a decimal text, "42.05" → "05". */
export const centsOf = (amount: string): string => amount.slice(-2)

const troubles: Readonly<Record<string, readonly [times: number, trouble: Trouble]>> = {
  '05': [2, { kind: 'page', status: 200 }],
  '06': [1, { kind: 'soap-fault' }],
  '07': [1, { kind: 'soap-fault', status: 200 }],
  '09': [1, { kind: 'hang' }],
  '19': [3, { kind: 'page', status: 503 }],
  '29': [1, { kind: 'page', status: 429 }],
}

/** The scene of the nth message (the first is 1) that puts in an amount, if its cents ask for one. */
export const sceneOf = (amount: string, nth: number): Scene | undefined => {
  const cents = centsOf(amount)
  if (cents === '02') return { isPutIn: false, code: 'SBX00002' }
  if (cents === '08') return { isPutIn: true, trouble: { kind: 'slow', ms: slowMs } }
  if (cents === '03' && nth === 1) return { isPutIn: false, code: 'ABC' }
  if (cents === '04' && nth === 1) return { isPutIn: true, trouble: { kind: 'lost' } }
  if (cents === '13' && nth === 1) {
    return { isPutIn: false, trouble: { kind: 'lost' }, isKept: true }
  }
  const [times, trouble] = troubles[cents] ?? []
  return trouble && nth <= (times ?? 0) ? { isPutIn: false, trouble } : undefined
}
