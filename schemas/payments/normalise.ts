import {
  type PlainObject,
  emptyToNull,
  isObject,
  mend,
  mendSplit,
  nullToMissing,
  numberToText,
  versionText,
} from '#schemas/plain-json'

/**
 * Mends the known deviations of a payment in plain JSON, so that its schema can judge it. Never
 * throws.
 */
export const normalisePayment = (json: unknown): unknown =>
  mend(json, (payment) => ({
    event_version: versionText(payment['event_version']),
    reason: emptyToNull(payment['reason']),
    payment: mendDetails(payment['payment']),
    links: mendLinks(emptyToNull(payment['links']) ?? {}),
    debtor: emptyToNull(payment['debtor']),
    locale: emptyToNull(payment['locale']),
  }))

const mendDetails = (json: unknown): unknown =>
  mend(json, (details) => ({
    transaction_id: numberToText(emptyToNull(details['transaction_id'])),
    paid_at: emptyToNull(details['paid_at']),
    expire_at: emptyToNull(details['expire_at']),
    amount: emptyToNull(details['amount']),
    currency: nullToMissing(emptyToNull(details['currency'])),
    notice_code: emptyToNull(details['notice_code']),
    iuv: emptyToNull(details['iuv']),
    split: mendSplit(details['split']),
    type: emptyToNull(details['type']),
    receiver: mendReceiver(emptyToNull(details['receiver'])),
    due_type: emptyToNull(details['due_type']),
    pagopa_category: emptyToNull(details['pagopa_category']),
    document: emptyToNull(details['document']),
  }))

const mendReceiver = (json: unknown): unknown =>
  mend(json, (receiver) => ({ iban: emptyToNull(receiver['iban']) }))

const linkNames = [
  'online_payment_begin',
  'online_payment_landing',
  'offline_payment',
  'receipt',
  'update',
  'confirm',
  'cancel',
]
const emptyMembers = ['url', 'last_opened_at', 'last_check_at', 'next_check_at', 'sent_at']

const mendLinks = (json: unknown): unknown =>
  mend(json, (links) => ({
    ...Object.fromEntries(linkNames.map((name) => [name, mendLink(links[name])])),
    notify: mendNotify(links['notify']),
  }))

const mendLink = (json: unknown): unknown =>
  mend(nullToMissing(emptyToNull(json)), (link) => ({
    ...nullsOf(link),
    method: nullToMissing(emptyToNull(link['method'])),
  }))

const nullsOf = (link: PlainObject): PlainObject =>
  Object.fromEntries(emptyMembers.filter((name) => link[name] === '').map((name) => [name, null]))

function mendNotify(json: unknown): unknown {
  if (json === '' || json === undefined) return null
  const list = isObject(json)
    ? Object.values(json).every(isObject)
      ? Object.values(json)
      : [json]
    : json
  return Array.isArray(list) ? list.filter(isToBeTold).map(mendLink) : list
}

// Who gave no address asked for nothing, and must not cost the payment.
const isToBeTold = (link: unknown): boolean =>
  emptyToNull(link) !== null && !(isObject(link) && (link['url'] === '' || link['url'] === null))
