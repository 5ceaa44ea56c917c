import { describe, expect, it } from 'vitest'
import type { Exchange } from '#core/exchanges'
import { readSample } from '#schemas/samples/sample'
import { toPaymentExchange } from '#streams/payments/noted-intermediary'
import { samplePayment } from '#streams/payments/samples'

/** Every text below the payer and the debtor, and the words that a secret may be. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
const persons = (['payment-creation-pending', 'payment-complete'] as const).flatMap((name) => {
  const { payer, debtor } = readSample(name) as { payer: unknown; debtor?: unknown }
  return [payer, debtor].flatMap(textsIn)
})
const secrets = [
  'example-secret-of-the-page-01234567',
  'an-api-key-17',
  'Password1!',
  'hunter2',
  'Zm9vOmJhcg==',
  '9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d',
]
// A country of two letters, or the number of a house, is in any text and names nobody.
const isTelling = (text: string) => text.length > 3 && !/^\d+$/.test(text)
const hidden = [...new Set([...persons, ...secrets])].filter(isTelling)

/** A generator of one seed, so that a failure is the same again. */
function random(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}
type Random = ReturnType<typeof random>

const memberNames =
  `name cognome tax_code codiceIdentificativoUnivoco anagrafica email password token api_key
  reason causale state stato esito amount importo iuv notice_number iud error faultCode faultString soggettoPagatore
  indirizzo iban note receiver payer debtor split items id_session`.split(/\s+/)

/** A value with hidden texts anywhere in it: alone, within others, in lists, below any name. */
function anyValue(next: Random, depth = 0): unknown {
  const pick = <One>(list: readonly One[]): One => list[next(list.length)]!
  const text = pick(hidden)
  const kind = next(depth > 3 ? 3 : 6)
  if (kind === 0) return text
  if (kind === 1) return `${pick(['', 'di ', 'x: '])}${text}${pick(['', ', ', ' e altri'])}`
  if (kind === 2) return pick([null, true, 42, 'PAID'])
  if (kind === 3) return Array.from({ length: next(4) }, () => anyValue(next, depth + 1))
  return Object.fromEntries(
    Array.from({ length: 1 + next(5) }, () => [pick(memberNames), anyValue(next, depth + 1)]),
  )
}

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

function toXml(value: unknown, name: string): string {
  const open = `<n:${name} a="${escaped(hidden[0]!)}">`
  if (Array.isArray(value)) return value.map((one) => toXml(one, name)).join('')
  if (typeof value !== 'object' || value === null) {
    return `${open}${escaped(String(value))}</n:${name}>`
  }
  const inner = Object.entries(value).map(([member, one]) => toXml(one, member))
  return `${open}${inner.join('\n')}</n:${name}>`
}

const { id: payment_id } = samplePayment()

function exchangeOf(type: string, body: string, secret: string): Exchange {
  const said = { type: `${type}; charset=utf-8`, bytes: Buffer.from(body, 'utf8') }
  return {
    direction: 'out',
    method: 'POST',
    url: `https://${encodeURIComponent(secret)}:${encodeURIComponent(secret)}@pay.example/dues/${payment_id}/${encodeURIComponent(secret)}?key=${encodeURIComponent(secret)}`,
    startedAt: new Date('2025-03-10T09:15:02+01:00'),
    ms: 12,
    status: 200,
    error: undefined,
    request: said,
    response: said,
  }
}

describe('whatever is exchanged', () => {
  it.each(['application/json', 'text/xml', 'application/soap+xml'])(
    'as %s, neither a person nor a secret is kept',
    (type) => {
      const next = random(20_251_129)
      let shown = 0
      for (let run = 0; run < 500; run += 1) {
        const value = anyValue(next)
        const body = type === 'application/json' ? JSON.stringify(value) : toXml(value, 'Body')
        const secret = secrets[next(secrets.length)]!
        const kept = JSON.stringify(
          toPaymentExchange(
            { payment_id, connector: 'examplepay' },
            exchangeOf(type, body, secret),
          ),
        )
        for (const text of hidden) expect(kept, `${text} of ${body}`).not.toContain(text)
        if (!kept.includes('"not shown"')) shown += 1
      }
      expect(shown).toBeGreaterThan(400)
    },
  )
})
