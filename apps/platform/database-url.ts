import { z } from 'zod'

const isDatabaseUrl = (text: string): boolean =>
  /^postgres(ql)?:\/\//.test(text) && URL.canParse(text)

/** `postgres://…` in a setting; may hold a password, which a message of the schema's own would show. */
export const DatabaseUrl = z.string().refine(isDatabaseUrl, { error: 'is no postgres:// URL' })
