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
    created_at: emptyToNull(application['created_at']),
    payment_data: mendPaymentData(emptyToNull(application['payment_data'])),
    locale: emptyToNull(application['locale']),
  }))

const mendPaymentData = (json: unknown): unknown =>
  mend(json, (data) => ({
    amount: emptyToNull(data['amount']),
    reason: emptyToNull(data['reason']),
    expire_at: emptyToNull(data['expire_at']),
    split: mendSplit(data['split']),
    stamps: mendStamps(data['stamps']),
    notify: oneOf(data['notify']),
    landing: oneOf(data['landing']),
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
