import { join } from 'node:path'
import { z } from 'zod'
import { BearerTokens, type Token } from '#apps/platform/bearer-tokens'
import { DatabaseUrl } from '#apps/platform/database-url'
import { DebitDeadline } from '#apps/platform/debit-deadline'
import { Port } from '#apps/platform/port'
import { parsed, SettingsError } from '#apps/platform/settings'

export interface DebitEdgeSettings {
  readonly port: number
  readonly host: string
  /** What the numbers of cards are made tokens with: with another one every card is another. */
  readonly cardKey: Buffer
  /** How long a decision is waited for, milliseconds. */
  readonly deadlineMs: number
  readonly isLuhnChecked: boolean
  /** Who may ask; anybody on this machine where there are none. */
  readonly tokens: readonly Token[]
  /** `postgres://…`; may hold a password. Undefined: nothing is shown. */
  readonly databaseUrl: string | undefined
  /** Folder of this process's alone: its journal, and the cards it looks up. */
  readonly directory: string
}

const keyBytesMin = 32

const CardKey = z
  .string()
  .refine((text) => /^[A-Za-z0-9+/_-]+=*$/.test(text), {
    // A message of the schema's own would show the secret.
    error: 'is no base64',
    abort: true,
  })
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length >= keyBytesMin, {
    error: `must be at least ${keyBytesMin} bytes in base64`,
  })

const Environment = z.object({
  PORT: Port.default(8_006),
  HOST: z.string().default('127.0.0.1'),
  CORRENTE_HOME: z.string().default('.corrente'),
  CORRENTE_SLOT: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('0'),
  DEBITS_CARD_KEY: CardKey,
  DEBITS_DEADLINE_MS: DebitDeadline,
  DEBITS_CHECK_LUHN: z.enum(['on', 'off']).default('off'),
  DEBITS_TOKENS: BearerTokens.default([]),
  DATABASE_URL: DatabaseUrl.optional(),
})

/** Names of this machine that no other one reaches. */
const loopback: readonly string[] = ['127.0.0.1', '::1', 'localhost']

/** Throws SettingsError. Without tokens the edge is for this machine alone. */
export function debitEdgeSettings(
  env: Readonly<Record<string, string | undefined>>,
): DebitEdgeSettings {
  const given = parsed(Environment, env)
  const { HOST: host, DEBITS_TOKENS: tokens } = given
  if (tokens.length === 0 && !loopback.includes(host)) {
    throw new SettingsError(
      `HOST is ${host}: set DEBITS_TOKENS, or anybody who gets there moves money`,
    )
  }
  return {
    port: given.PORT,
    host,
    cardKey: given.DEBITS_CARD_KEY,
    deadlineMs: given.DEBITS_DEADLINE_MS,
    isLuhnChecked: given.DEBITS_CHECK_LUHN === 'on',
    tokens,
    databaseUrl: given.DATABASE_URL,
    directory: join(given.CORRENTE_HOME, 'debit-edge', given.CORRENTE_SLOT),
  }
}
