import { intermediaries } from '#connectors/index'
import type { Unit } from '#core/processor'
import type { ObjectStore } from '#ports/object-store'
import { usualSettings } from '#streams/debits/known'
import { units } from '#streams/index'

const notConnected = (): never => {
  throw new Error('the units are only declared here, not run')
}

const notConnectedStore: ObjectStore = {
  put: notConnected,
  putIfAbsent: notConnected,
  get: notConnected,
  head: notConnected,
  delete: notConnected,
  deletePrefix: notConnected,
  list: notConnected,
  compose: notConnected,
  signGet: notConnected,
  abandoned: notConnected,
  close: notConnected,
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
    attachments: { bytesOf: notConnected },
    giveUpAfterMs: 0,
  },
  exports: {
    movementsOf: notConnected,
    objects: notConnectedStore,
    templateOf: notConnected,
    printer: { print: notConnected },
  },
})
