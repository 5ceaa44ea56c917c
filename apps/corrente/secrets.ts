import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const secret = z.string().min(16)

/** Secrets of one embedded installation: made once, kept in its folder, good on loopback only. */
const Secrets = z.object({
  ingestToken: secret,
  examplepayKey: secret,
  notifySecret: secret,
  corePassword: secret,
})

/** The installation's secrets, made at its first start. Throws naming the file where it does not hold them. */
export function secretsOf(dataDir: string): z.infer<typeof Secrets> {
  const path = join(dataDir, 'secrets.json')
  if (existsSync(path)) return read(path)
  const random = () => randomBytes(24).toString('base64url')
  const made = {
    ingestToken: random(),
    examplepayKey: random(),
    notifySecret: random(),
    corePassword: random(),
  }
  mkdirSync(dataDir, { recursive: true })
  // Aside first: half a file would be no secrets for ever.
  const aside = `${path}.${process.pid}`
  writeFileSync(aside, JSON.stringify(made, null, 2), { mode: 0o600 })
  renameSync(aside, path)
  return made
}

function read(path: string): z.infer<typeof Secrets> {
  try {
    return Secrets.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // What the parser says would show what it read.
    throw new Error(
      `${path} does not hold the secrets of this installation: remove it for new ones`,
    )
  }
}
