import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const secret = z.string().min(16)

/** Secrets of one embedded installation: made once, kept in its folder, good on loopback only. */
const Secrets = z.object({
  ingestToken: secret,
  examplepayKey: secret,
  notifySecret: secret,
  corePassword: secret,
  /** Signs the tokens of who may configure. */
  tokenSecret: z.string().min(32),
  /** Of the external page: both sides sign with it. */
  pageSecret: z.string().min(32),
  /** What we show GovPay, and GovPay us. */
  govpayPassword: secret,
  govpayNotifyPassword: secret,
  /** Of the body at MyPay, which takes no longer one. */
  mypayPassword: z.string().min(8).max(15),
  /** What MyPay signs the tokens of notifications with. */
  mypaySecret: secret,
  /** Of IRIS: ours there, and its own here. */
  irisPassword: secret,
  irisNotifyPassword: secret,
})

type Secrets = z.infer<typeof Secrets>

/** Those that an installation may be older than. */
const newer = {
  tokenSecret: true,
  pageSecret: true,
  govpayPassword: true,
  govpayNotifyPassword: true,
  mypayPassword: true,
  mypaySecret: true,
  irisPassword: true,
  irisNotifyPassword: true,
} as const

/** The installation's secrets, made at its first start. Throws naming the file where it does not hold them. */
export function secretsOf(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json')
  const random = (bytes = 24) => randomBytes(bytes).toString('base64url')
  const made: Secrets = {
    ingestToken: random(),
    examplepayKey: random(),
    notifySecret: random(),
    corePassword: random(),
    tokenSecret: random(),
    pageSecret: random(),
    govpayPassword: random(),
    govpayNotifyPassword: random(),
    mypayPassword: random(9),
    mypaySecret: random(),
    irisPassword: random(),
    irisNotifyPassword: random(),
  }
  if (!existsSync(path)) return written(path, made)
  const found = read(path)
  // Those that came with a newer version are added; those that are there stay.
  const all = Secrets.parse({ ...made, ...found })
  return Object.keys(made).every((name) => name in found) ? all : written(path, all)
}

const configKeysFile = 'configuration-keys'

/**
 * The keys that secrets of configurations are encrypted with, as `CORRENTE_CONFIG_KEYS` takes them, in a file of the
 * installation that only its user can read. Without it what is encrypted is lost: `report` says that it was made.
 */
export function configKeysOf(
  dataDir: string,
  report: (line: string) => void = () => undefined,
): string {
  const path = join(dataDir, configKeysFile)
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  const keys = `${new Date().toISOString().slice(0, 10)}:${randomBytes(32).toString('base64')}`
  keep(path, `${keys}\n`)
  report(
    `made ${path}: the key that secrets of configurations are encrypted with; keep it as long as them`,
  )
  return keys
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

function read(path: string) {
  try {
    return Secrets.partial(newer).parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // What the parser says would show what it read.
    throw new Error(
      `${path} does not hold the secrets of this installation: remove it for new ones`,
    )
  }
}
