import { isIPv6 } from 'node:net'
import { inTurn } from '#apps/operations/in-turn'
import { Failures } from '#apps/operations/sign-in/failures'
import type { Operator, Operators } from '#apps/platform/operators/operators-file'
import { isPassword, nobodysHash } from '#apps/platform/operators/password-hash'
import { tryLater } from '#apps/platform/problem'

/** What somebody shows who wants in. */
export interface Credentials {
  readonly login: string
  readonly password: string
  /** Where the request came from. */
  readonly address: string
}

export type Checked =
  | { readonly operator: Operator }
  | { readonly refused: 'wrong' }
  | { readonly refused: 'held'; readonly seconds: number }

export const windowMs = 15 * 60_000
/** Attempts in that time: of one login from one address, of one login from anywhere, of one address. */
export const attemptsMax = { pair: 5, login: 50, address: 30 }
/** Passwords that wait to be checked: each takes a quarter of a second. */
const waitingMax = 20
const textMax = 256

/**
 * Checks passwords: one at a time, in the same time whether there is such a login or not. Who fails too often is held
 * off, also with the right password. Counts are this process's own, and bounded.
 */
export function passwordCheck(now: () => number) {
  const counts = {
    pair: new Failures(attemptsMax.pair, windowMs),
    login: new Failures(attemptsMax.login, windowMs),
    address: new Failures(attemptsMax.address, windowMs),
  }
  const kinds = ['pair', 'login', 'address'] as const
  let waiting = 0
  const verify = inTurn(isPassword)
  return async (known: Operators, credentials: Credentials): Promise<Checked> => {
    const { login, password } = credentials
    if (login.length > textMax || password.length > textMax) return { refused: 'wrong' }
    const address = networkOf(credentials.address)
    const keys = { pair: `${login}\n${address}`, login, address }
    const heldMs = Math.max(...kinds.map((kind) => counts[kind].heldMs(keys[kind], now())))
    if (heldMs > 0) return { refused: 'held', seconds: Math.ceil(heldMs / 1_000) }
    if (waiting >= waitingMax) throw tryLater('too many sign in at once')
    for (const kind of kinds) counts[kind].note(keys[kind], now())
    const operator = known.operators.find((one) => one.login === login)
    waiting += 1
    const hash = operator?.password ?? nobodysHash(known.operators[0]?.password)
    const isRight = await verify(password, hash).finally(() => (waiting -= 1))
    if (!operator || !isRight) return { refused: 'wrong' }
    counts.pair.forget(keys.pair)
    counts.login.forget(keys.login)
    counts.address.undo(keys.address)
    return { operator }
  }
}

/** Who has one address of IPv6 has a whole network of them. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address.replace('::ffff:', '')
  const [head = ''] = address.split('::')
  return [...head.split(':'), '0', '0', '0', '0'].slice(0, 4).join(':')
}
