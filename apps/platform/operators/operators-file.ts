import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { isPasswordHash } from '#apps/platform/operators/password-hash'

/** `viewer` sees, `operator` also decides. */
export const roles = ['viewer', 'operator'] as const
export type Role = (typeof roles)[number]

/** How a login may look: it stands in the audit. */
export const loginShape = /^[a-z0-9][a-z0-9._-]{0,63}$/

const Operator = z.object({
  login: z.string().regex(loginShape),
  role: z.enum(roles),
  /** As `passwordHash` makes it. */
  password: z.string().refine(isPasswordHash),
})
export type Operator = z.infer<typeof Operator>

const File = z.object({
  /** Seals sessions; every process that reads the same file takes the sessions of the others. */
  sessionKey: z.string().regex(/^[\w-]{43}$/),
  operators: z.array(Operator),
})
/** Who may sign in to the status app. */
export type Operators = z.infer<typeof File>

export const newSessionKey = (): string => randomBytes(32).toString('base64url')

/** Reads the file. Throws a sentence that names it, and repeats nothing of it. */
export function readOperators(path: string): Operators {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Error(`the file of operators ${path} cannot be read (${code})`)
  }
  const found = File.safeParse(jsonIn(text))
  if (found.success) return found.data
  const where = found.error.issues[0]?.path.join('.') || 'its beginning'
  throw new Error(`${path} is no file of operators as corrente operators writes it (at ${where})`)
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Changes the file, or makes it, readable by its owner only; whoever reads it sees the old one or the new one. Throws
 * where another change is under way.
 */
export function changeOperators(path: string, change: (known: Operators) => Operators): void {
  mkdirSync(dirname(path), { recursive: true })
  const aside = `${path}.new`
  try {
    writeFileSync(aside, '', { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST') throw new Error(`${aside} cannot be written (${code})`)
    throw new Error(`${aside} is there: another command writes it; remove it if none does`)
  }
  try {
    const known = existsSync(path)
      ? readOperators(path)
      : { sessionKey: newSessionKey(), operators: [] }
    writeFileSync(aside, `${JSON.stringify(change(known), null, 2)}\n`)
    renameSync(aside, path)
  } catch (error) {
    rmSync(aside, { force: true })
    throw error
  }
}
