import type { z } from 'zod'
import { RejectedError } from '#core/errors'

/** What an administrator configured for a tenant and one of its services, as it came. */
interface Given {
  readonly tenant: unknown
  readonly service: unknown
}

/**
 * Reads one level of a configuration by its form; throws RejectedError('bad-configuration') naming the member. Each
 * object is read once, since a configuration does not change: many payments are composed with one.
 */
export const formReader = <Form>(level: keyof Given, form: z.ZodType<Form>) => {
  const read = new WeakMap<object, Form>()
  return ({ [level]: given }: Given): Form => {
    const isObject = typeof given === 'object' && given !== null
    const known = isObject ? read.get(given) : undefined
    if (known !== undefined) return known
    const parsed = form.safeParse(given)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      const member = [level, ...(issue?.path ?? [])].join('.')
      throw new RejectedError('bad-configuration', `${member}: ${issue?.message ?? 'not valid'}`)
    }
    if (isObject) read.set(given, parsed.data)
    return parsed.data
  }
}
