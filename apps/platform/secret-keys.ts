import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { RejectedError } from '#core/errors'
import { isSealed } from '#schemas/values/sealed'

/** Encrypts the secrets of configurations for topics, and decrypts them where they are used. */
export interface SecretKeys {
  /** With the newest key. `place` names whose secret it is: moved to another place it cannot be read. */
  seal(plain: string, place: string): string
  /** RejectedError('bad-configuration'): its key is not here, or it is not what was sealed for this place. */
  unseal(sealed: string, place: string): string
  /** Whether the newest key sealed it. */
  isNewest(sealed: string): boolean
}

interface Key {
  readonly id: string
  readonly bytes: Buffer
}

const algorithm = 'aes-256-gcm'
const keyBytes = 32
const nonceBytes = 12
const setting = 'CORRENTE_CONFIG_KEYS'

function keyOf(part: string): Key | undefined {
  const [, id = '', text = ''] = /^([\w.-]{1,40}):([A-Za-z0-9+/_-]{43}=?)$/.exec(part) ?? []
  const bytes = Buffer.from(text, 'base64')
  return id !== '' && bytes.length === keyBytes ? { id, bytes } : undefined
}

/** The keys of a setting: `<id>:<32 bytes in base64>,…`; the first encrypts, all decrypt. */
export const ConfigKeys = z
  .string()
  .transform((text) => text.split(',').map((part) => keyOf(part.trim())))
  .refine((keys) => keys.every((key) => key !== undefined), {
    // A message of the schema's own would show a key.
    error: `must be <id>:<${keyBytes} bytes in base64>,…`,
    abort: true,
  })
  .refine((keys) => new Set(keys.map((key) => key?.id)).size === keys.length, {
    error: 'names two keys alike',
  })
  .transform((keys) => secretKeys(keys as readonly Key[]))

/** The newest key first; without any, nothing is sealed and nothing that is sealed can be read. */
export function secretKeys(keys: readonly Key[]): SecretKeys {
  const [newest] = keys
  return {
    seal(plain, place) {
      if (!newest) throw new RejectedError('bad-configuration', `${setting} is not set`)
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, newest.bytes, nonce).setAAD(Buffer.from(place))
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      const parts = [nonce, text, cipher.getAuthTag()].map((part) => part.toString('base64url'))
      return ['sealed', '1', newest.id, ...parts].join(':')
    },
    unseal(sealed, place) {
      const [, , id = '', ...parts] = sealed.split(':')
      const key = keys.find((one) => one.id === id)
      if (!key) throw unreadable(place, `is sealed with key ${id}, which ${setting} does not hold`)
      const [nonce, text, tag] = parts.map((part) => Buffer.from(part, 'base64url'))
      try {
        const decipher = createDecipheriv(algorithm, key.bytes, nonce!, { authTagLength: 16 })
        decipher.setAAD(Buffer.from(place)).setAuthTag(tag!)
        return Buffer.concat([decipher.update(text!), decipher.final()]).toString('utf8')
      } catch {
        throw unreadable(place, 'was not sealed here: save the configuration again')
      }
    },
    isNewest: (sealed) => sealed.split(':')[2] === newest?.id,
  }
}

const unreadable = (place: string, why: string) =>
  new RejectedError('bad-configuration', `${place} ${why}`)

/** Whose secret it is: the connector, the level of its form, the body or service, and the member. */
export const secretPlace = (owner: string, level: string, id: unknown, member: string): string =>
  [owner, level, id, member].join('/')

/** The members of a configuration with their secrets in clear; for use, never for an answer or a log. */
export function unsealedConfig(
  { connector, level }: { readonly connector: string; readonly level: 'TENANT' | 'SERVICE' },
  config: unknown,
  keys: SecretKeys,
): unknown {
  if (typeof config !== 'object' || config === null) return config
  const { id } = config as { readonly id?: unknown }
  const clear = ([name, value]: [string, unknown]): [string, unknown] => [
    name,
    isSealed(value) ? keys.unseal(value, secretPlace(connector, level, id, name)) : value,
  ]
  return Object.fromEntries(Object.entries(config).map(clear))
}
