import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** What a hash costs: `cost` is the binary logarithm of N; memory is 128 · N · blocks bytes. */
export interface HashCost {
  readonly cost: number
  readonly blocks: number
  readonly rounds: number
}

/** 32 MiB and about a quarter of a second: what OWASP names as enough, and small enough for several at once. */
export const usualCost: HashCost = { cost: 15, blocks: 8, rounds: 3 }

const bytesOfHash = 32
const bytesOfSalt = 16
const derived = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)
const form = /^scrypt:(\d{1,2}):(\d{1,2}):(\d{1,2}):([\w-]{22}):([\w-]{43})$/

/** The password as it is kept: `scrypt:<cost>:<blocks>:<rounds>:<salt>:<hash>`, base64url. */
export async function passwordHash(password: string, spent: HashCost = usualCost): Promise<string> {
  const { cost, blocks, rounds } = spent
  const salt = randomBytes(bytesOfSalt)
  const hash = await derive(password, salt, spent)
  const texts = [salt, hash].map((bytes) => bytes.toString('base64url'))
  return ['scrypt', cost, blocks, rounds, ...texts].join(':')
}

/** Whether a text is a hash that can be checked here: nobody is made to compute for minutes. */
export function isPasswordHash(text: string): boolean {
  const found = partsOf(text)
  return (
    found !== undefined &&
    found.spent.cost >= 1 &&
    found.spent.cost <= 17 &&
    found.spent.blocks >= 1 &&
    found.spent.blocks <= 8 &&
    found.spent.rounds >= 1 &&
    found.spent.rounds <= 8
  )
}

/** Whether it is the password; takes as long where it is not. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const parts = partsOf(hash)
  if (!parts) return false
  return timingSafeEqual(await derive(password, parts.salt, parts.spent), parts.hash)
}

/** A hash that no password has, and that costs as much to check as the given one. */
export function nobodysHash(like: string | undefined): string {
  const { cost, blocks, rounds } =
    (like === undefined ? undefined : partsOf(like)?.spent) ?? usualCost
  const texts = [bytesOfSalt, bytesOfHash].map((bytes) => randomBytes(bytes).toString('base64url'))
  return ['scrypt', cost, blocks, rounds, ...texts].join(':')
}

function partsOf(text: string) {
  const [, cost, blocks, rounds, salt, hash] = form.exec(text) ?? []
  if (salt === undefined || hash === undefined) return undefined
  return {
    spent: { cost: Number(cost), blocks: Number(blocks), rounds: Number(rounds) },
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  }
}

// The same letters typed on another keyboard may be other code points.
const derive = (password: string, salt: Buffer, { cost, blocks, rounds }: HashCost) =>
  derived(password.normalize('NFKC'), salt, bytesOfHash, {
    N: 2 ** cost,
    r: blocks,
    p: rounds,
    maxmem: 256 * 2 ** cost * blocks,
  })
