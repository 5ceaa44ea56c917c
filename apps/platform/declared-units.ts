import { intermediaries } from '#connectors/index'
import type { Unit } from '#core/processor'
import { usualSettings } from '#streams/debits/known'
import { units } from '#streams/index'

const notConnected = (): never => {
  throw new Error('the units are only declared here, not run')
}

/** Every unit as a declaration: names, topics, lookups. Their ports lead nowhere. */
export const declaredUnits: readonly Unit[] = units({
  connectors: intermediaries,
  intermediaryOf: notConnected,
  urlsOf: notConnected,
  register: { reportOutcome: notConnected, findStatus: notConnected },
  retryWindowMs: 0,
  checkTail: 'daily',
  dues: { askEveryMs: 0, landingUrl: null },
  debits: usualSettings,
  arePayersMailed: true,
  notifications: {
    mailServer: { send: notConnected },
    webhooks: { post: notConnected },
    giveUpAfterMs: 0,
  },
})
