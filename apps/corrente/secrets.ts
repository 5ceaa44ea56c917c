import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/**
 * Secrets of one embedded installation, made once of so many random bytes, kept in its folder, good on loopback only.
 * Those that an installation is older than are added.
 */
const bytesOf = {
  ingestToken: 24,
  examplepayKey: 24,
  notifySecret: 24,
  corePassword: 24,
  /** Signs the tokens of who may configure. */
  tokenSecret: 24,
  /** Of the external page: both sides sign with it. */
  pageSecret: 24,
  /** What we show GovPay, and GovPay us. */
  govpayPassword: 24,
  govpayNotifyPassword: 24,
  /** Of the body at MyPay, which takes no longer one. */
  mypayPassword: 9,
  /** What MyPay signs the tokens of notifications with. */
  mypaySecret: 24,
  /** Of IRIS: ours there, and its own here. */
  irisPassword: 24,
  irisNotifyPassword: 24,
  /** Signs what the example webhook is told. */
  webhookSecret: 24,
  /** Of whoever asks for exports. */
  exportsToken: 24,
  /** Signs the links to what came out of them. */
  linkSecret: 32,
  /** Of the first operator of the status app. */
  operationsPassword: 12,
}
type Secrets = Readonly<Record<keyof typeof bytesOf, string>>

/** Those of the first version: no installation is without them. */
const first = ['ingestToken', 'examplepayKey', 'notifySecret', 'corePassword']

const Kept = z
  .record(z.string(), z.string().min(12))
  .refine((kept) => first.every((name) => name in kept))

/** The installation's secrets, made at its first start. Throws naming the file where it does not hold them. */
export function secretsOf(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json')
  const made = Object.entries(bytesOf).map(([name, bytes]) => {
    return [name, randomBytes(bytes).toString('base64url')] as const
  })
  const found = existsSync(path) ? read(path) : {}
  // Those that are there stay.
  const all = { ...Object.fromEntries(made), ...found } as Secrets
  return made.every(([name]) => name in found) ? all : written(path, all)
}

/**
 * The keys that secrets of configurations are encrypted with, as `CORRENTE_CONFIG_KEYS` takes them, in a file of the
 * installation that only its user can read. Without it what is encrypted is lost: `report` says that it was made.
 */
export const configKeysOf = (dataDir: string, report?: (line: string) => void): string =>
  keptFile(join(dataDir, 'configuration-keys'), report, {
    make: () => `${new Date().toISOString().slice(0, 10)}:${randomBytes(32).toString('base64')}`,
    what: 'the key that secrets of configurations are encrypted with; keep it as long as them',
  })

/**
 * What the numbers of cards are made tokens with, as `DEBITS_CARD_KEY` takes it, in a file of the same kind. Without it
 * nobody finds the account of a card any more.
 */
export const cardKeyOf = (dataDir: string, report?: (line: string) => void): string =>
  keptFile(join(dataDir, 'card-key'), report, {
    make: () => randomBytes(32).toString('base64'),
    what: 'the key that tokens of cards are made with; keep it as long as their accounts',
  })

interface Made {
  readonly make: () => string
  /** What it is, and how long it is needed. */
  readonly what: string
}

function keptFile(
  path: string,
  report: (line: string) => void = () => undefined,
  { make, what }: Made,
): string {
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  const made = make()
  keep(path, `${made}\n`)
  report(`made ${path}: ${what}`)
  return made
}

function written(path: string, secrets: Secrets): Secrets {
  keep(path, JSON.stringify(secrets, null, 2))
  return secrets
}

function keep(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  // Aside first: half a file would be no secrets for ever.
  const aside = `${path}.${process.pid}`
  writeFileSync(aside, text, { mode: 0o600 })
  renameSync(aside, path)
}

function read(path: string): Readonly<Record<string, string>> {
  try {
    return Kept.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // What the parser says would show what it read.
    throw new Error(
      `${path} does not hold the secrets of this installation: remove it for new ones`,
    )
  }
}
