import { z } from 'zod'

/** Whether the text is an http or https URL and nothing that only a lenient reader would take for one. */
export const isWebUrl = (text: string): boolean =>
  /^https?:\/\/[^\s\\]+$/i.test(text) && URL.canParse(text)

/** Whether a URL names a user or a password. */
export function hasCredentials(text: string): boolean {
  const { username, password } = new URL(text)
  return username !== '' || password !== ''
}

/** An address that others are made of by adding a path. What it refuses is not shown: it may hold a password. */
export const webAddress = z
  .string()
  .refine(isWebUrl, { error: 'is no http or https URL', abort: true })
  .refine((text) => !/[?#]/.test(text), 'has a query or a fragment')
  .refine((text) => !hasCredentials(text), 'has credentials in it')
