import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { EncryptJWT, jwtDecrypt } from 'jose'
import { z } from 'zod'
import type { Operator, Operators } from '#apps/platform/operators/operators-file'

/** A session ends so long after its last request, seconds. */
export const idleSeconds = 30 * 60
/** A session ends so long after its sign-in, seconds. */
export const wholeSeconds = 10 * 3_600
/** A cookie is written anew once it is so old, seconds. */
export const renewSeconds = 60

/** A session as its cookie has it: sealed, so that no server need remember it. */
const Sealed = z.object({
  sid: z.string(),
  /** Absent before the sign-in. */
  login: z.string().optional(),
  /** Digest of the operator's line in the file at the sign-in. */
  line: z.string().optional(),
  /** When it began, and when its cookie was written, seconds since the epoch. */
  began: z.number(),
  iat: z.number(),
})
export type Session = z.infer<typeof Sealed>

/** Who a request comes from. */
export type Visitor = Pick<Operator, 'login' | 'role'>

const keyOf = ({ sessionKey }: Operators) => Buffer.from(sessionKey, 'base64url')
const seal = { alg: 'dir', enc: 'A256GCM' } as const
const secondsOf = (nowMs: number) => Math.floor(nowMs / 1_000)

/** A new session: of an operator, or of somebody who has yet to sign in. Each has an id of its own. */
export const newSession = (nowMs: number, operator?: Operator): Session => ({
  sid: randomBytes(16).toString('base64url'),
  ...(operator ? { login: operator.login, line: lineOf(operator) } : {}),
  began: secondsOf(nowMs),
  iat: secondsOf(nowMs),
})

/** The text of the cookie: encrypted and signed, good until the session has been idle for too long, or is too old. */
export async function sealed(
  { iat: _, ...session }: Session,
  known: Operators,
  nowMs: number,
): Promise<string> {
  const now = secondsOf(nowMs)
  return new EncryptJWT(session)
    .setProtectedHeader(seal)
    .setIssuedAt(now)
    .setExpirationTime(Math.min(now + idleSeconds, session.began + wholeSeconds))
    .encrypt(keyOf(known))
}

/** The session in a cookie; undefined where it is forged, cut off, too old, or sealed by another key. */
export async function opened(
  text: string,
  known: Operators,
  nowMs: number,
): Promise<Session | undefined> {
  try {
    const { payload } = await jwtDecrypt(text, keyOf(known), {
      currentDate: new Date(nowMs),
      requiredClaims: ['exp', 'iat'],
      keyManagementAlgorithms: [seal.alg],
      contentEncryptionAlgorithms: [seal.enc],
    })
    return Sealed.parse(payload)
  } catch {
    return undefined
  }
}

/** Whose session it is; undefined where nobody has signed in, or the file no longer says of him what it said then. */
export function visitorOf({ login, line }: Session, { operators }: Operators): Visitor | undefined {
  const operator = operators.find((one) => one.login === login)
  if (!operator || line === undefined || !isSame(line, lineOf(operator))) return undefined
  return { login: operator.login, role: operator.role }
}

/** What each form of a session carries: nobody else's page knows it. */
export const formToken = ({ sid }: Session, known: Operators): string =>
  createHmac('sha256', keyOf(known)).update(`form:${sid}`).digest('base64url')

/** Compares in the same time whatever differs. */
export function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(first!, second!)
}

const lineOf = ({ login, role, password }: Operator): string =>
  createHash('sha256').update(`${login}\n${role}\n${password}`).digest('base64url')
