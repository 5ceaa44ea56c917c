import {
  emptyToNull,
  emptyToObject,
  listOf,
  mend,
  mendSplit,
  numberToText,
  versionText,
} from '#schemas/plain-json'

/**
 * Mends the known deviations of an application in plain JSON, so that its schema can judge it.
 * Never throws.
 */
export const normaliseApplication = (json: unknown): unknown =>
  mend(json, (application) => ({
    event_version: versionText(application['event_version']),
    status: numberToText(application['status']),
    data: emptyToObject(application['data'] ?? null),
    service: emptyToNull(application['service']),
    created_at: emptyToNull(application['created_at']),
    payment_type: paymentTypeText(application['payment_type']),
    payment_data: mendPaymentData(emptyToNull(application['payment_data'])),
    locale: emptyToNull(application['locale']),
    app_version: emptyToNull(application['app_version']),
  }))

// A gateway is named by text as a rule; older events carry a list or an object of gateways.
function paymentTypeText(json: unknown): unknown {
  const type = emptyToNull(json)
  return typeof type === 'string' || type === null || type === undefined
    ? type
    : JSON.stringify(type)
}

const mendPaymentData = (json: unknown): unknown =>
  mend(json, (data) => ({
    amount: emptyToNull(data['amount']),
    reason: emptyToNull(data['reason']),
    expire_at: emptyToNull(data['expire_at']),
    split: mendSplit(data['split']),
    stamps: mendStamps(data['stamps']),
    notify: oneOf(data['notify']),
    landing: oneOf(data['landing']),
    config_id: numberToText(emptyToNull(data['config_id'])),
    outcome: emptyToNull(data['outcome']),
  }))

function mendStamps(json: unknown): unknown {
  const list = listOf(json, { key: 'collection_data', value: 'amount' })
  if (!Array.isArray(list)) return list
  return list.map((stamp) =>
    mend(stamp, ({ amount, collection_data, reason }) => ({
      amount: emptyToNull(amount),
      collection_data: emptyToNull(collection_data),
      reason: emptyToNull(reason),
    })),
  )
}

// A list of several stays, so that the schema refuses it: to take one would be to lose the others.
const oneOf = (json: unknown): unknown => {
  const found = emptyToNull(json)
  return Array.isArray(found) && found.length === 1 ? found[0] : found
}
