import { coreClient } from '#connectors/core/client'
import { CoreConfig } from '#connectors/core/config'
import { statusOf, toAnswer, urlsOf } from '#connectors/core/mapping'
import { coreSession } from '#connectors/core/session'
import { RejectedError } from '#core/errors'
import type { ApplicationRegister } from '#ports/application-register'

/**
 * The Core's register of applications. Throws RejectedError('bad-configuration') naming the member that is wrong;
 * its methods besides what the port says RejectedError('foreign-url') for an address not below `base_url`.
 */
export const coreApplicationRegister = (config: CoreConfig): ApplicationRegister => {
  const validated = validatedOf(config)
  const client = coreClient(validated)
  const signedIn = coreSession(client.postAuth)
  return {
    reportOutcome: async (url, outcome, signal) => {
      const { auth, target } = urlsOf(validated.base_url, url)
      const call = (token: string) => client.postPayment(outcome, { url: target, token, signal })
      return toAnswer(await signedIn(auth, call, signal))
    },
    findStatus: async (url, signal) => {
      const { auth, target } = urlsOf(validated.base_url, url)
      const call = (token: string) => client.getApplication({ url: target, token, signal })
      return statusOf(await signedIn(auth, call, signal))
    },
  }
}

const validatedOf = (config: CoreConfig) => {
  const parsed = CoreConfig.safeParse(config)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new RejectedError('bad-configuration', `${issue?.path.join('.')}: ${issue?.message}`)
}
