import type { Asked, Try, Wish } from '#tests/soak/debits/asked'
import { minorUnitsOf } from '#tests/soak/debits/money'

/** What an answer says. */
export type Told =
  /** Minor units: how much, and what it adds to what is held. */
  | {
      readonly is: 'approved'
      readonly code: string
      readonly amount: number
      readonly held: number
    }
  | { readonly is: 'declined'; readonly code: string }
  /** 68 or 91: nothing is known of a decision. */
  | { readonly is: 'undecided'; readonly code: string }
  | { readonly is: 'unanswered' }
  /** What none of its answers may be. */
  | { readonly is: 'odd' }

interface Members {
  readonly code?: string
  readonly codigo?: string
  readonly mensagem?: string
  readonly valor?: unknown
  readonly amount?: string
  readonly before?: { readonly held: string }
  readonly after?: { readonly held: string }
}

/** Answers that decline, by status, and their codes. */
const declines: Readonly<Record<number, readonly string[]>> = {
  404: ['14', '25'],
  409: ['05', '51', '54', '62', '94'],
  422: ['12', '13', '30'],
}
const undecided: Readonly<Record<number, string>> = { 503: '91', 504: '68' }

/** Reads an answer by what is documented of them. */
export function toldOf(wish: Wish, { status, text }: Try): Told {
  if (status === undefined) return { is: 'unanswered' }
  try {
    return told(wish, status, JSON.parse(text) as Members)
  } catch {
    return { is: 'odd' }
  }
}

function told(wish: Wish, status: number, members: Members): Told {
  const isOfSource = wish.path === '/debito'
  if (status === 200) return isOfSource ? taken(wish, members) : approved(wish, members)
  const refused = isOfSource && members.mensagem === 'Saldo insuficiente' ? '51' : members.codigo
  const code = (isOfSource ? refused : members.code) ?? ''
  if (undecided[status] === code) return { is: 'undecided', code }
  return declines[status]?.includes(code) ? { is: 'declined', code } : { is: 'odd' }
}

/** The routes of the source say nothing but what was asked for. */
const taken = ({ currency, body }: Wish, { valor }: Members): Told =>
  valor === body['valor']
    ? { is: 'approved', code: '00', amount: minorUnitsOf(valor, currency), held: 0 }
    : { is: 'odd' }

function approved({ currency }: Wish, { code = '', amount, before, after }: Members): Told {
  if (code !== '00' && code !== '10') return { is: 'odd' }
  const held = minorUnitsOf(after?.held, currency) - minorUnitsOf(before?.held, currency)
  return { is: 'approved', code, amount: minorUnitsOf(amount, currency), held }
}

/** Whether an answer tells what was decided. */
export const isDecided = ({ is }: Told): boolean => is === 'approved' || is === 'declined'

/** The first answer that tells what was decided; else what the last try came to. */
export function finallyTold(asked: Asked): Told {
  const all = asked.tries.map((one) => toldOf(asked, one))
  return all.find(isDecided) ?? all.at(-1) ?? { is: 'unanswered' }
}

/** An answer as it is counted: its status and code. */
export function countedAs(wish: Wish, one: Try): string {
  const told = toldOf(wish, one)
  if (told.is === 'unanswered') return 'no answer'
  return told.is === 'odd' ? `${one.status}, odd` : `${one.status}, code ${told.code}`
}
