import { type ApiOperation, ref } from '#apps/platform/api-docs/api'
import type { IntermediaryConnector, NotificationForm } from '#ports/intermediary'

const ofPayment = {
  400: 'the id is no UUID',
  404: 'no payment of this id is served here',
  405: 'it was fetched ahead: it is not, since that would count as opened',
  503: 'the tables are not read, or Kafka did not acknowledge: Retry-After says when to try again',
}
const asksOutside = {
  502: 'the intermediary refused, gave no answer of its own, or its configuration cannot be used',
  504: 'the intermediary did not answer in time',
}

const pdf = (description: string) => ({ 200: { description, type: 'application/pdf' } })

/** What a connector serves of payments: the addresses in their links, and its notifications. */
export const paymentOperations = (connector: IntermediaryConnector): readonly ApiOperation[] => {
  const { name } = connector
  const at = (path: string, operation: Omit<ApiOperation, 'method' | 'path'>): ApiOperation => ({
    ...operation,
    method: 'get',
    path: `/${name}${path}`,
    tag: name,
    isOpen: true,
    problems: { ...ofPayment, ...operation.problems },
  })
  const onward = { 302: { description: 'on to a page', headers: { Location: 'the page' } } }
  const notice = {
    summary: 'The notice to pay with elsewhere',
    answers: pdf('the notice, of the intermediary or drawn here'),
    problems: { ...asksOutside, 409: 'the payment has no notice yet', 501: 'there is none' },
  }
  return [
    at('/online-payment/:id', {
      summary: 'Send the payer on to a page of the intermediary, a new one each time',
      answers: onward,
      problems: { ...asksOutside, 409: 'the payment is not to be paid now' },
    }),
    at('/landing/:id', {
      summary: 'Send the payer, back from the intermediary, on to where the payment was born',
      answers: onward,
      problems: { 403: 'payers are not sent to the host of the page the payment names' },
    }),
    at('/notice/:id', notice),
    at('/offline-payment/:id', notice),
    at('/receipt/:id', {
      summary: "The intermediary's proof of payment",
      answers: pdf('the receipt'),
      problems: { ...asksOutside, 409: 'the payment is not COMPLETE', 501: 'there is none' },
    }),
    at('/update/:id', {
      summary: 'Ask the intermediary for the state of the money',
      description:
        'Asked again within half a minute it answers what it knows. What comes of it is told on the topic payments.',
      answers: { 200: { description: 'asked, or known', schema: ref('Checked') } },
      problems: { ...asksOutside, 409: 'there is nothing to ask for yet' },
    }),
    ...(connector.notifications?.routes ?? [{ method: 'post', path: '' } as const]).map((route) =>
      notifyOperation(connector, route),
    ),
  ]
}

const ofNotification: Readonly<Record<number, string>> = {
  401: 'not signed with a secret of ours',
  403: 'it speaks for a payment of another tenant',
  404: 'of a payment that is not served here: Retry-After says when to try again',
  413: 'more than 256 kB',
  422: 'it names no payment, or cannot be read',
  501: 'the intermediary reports nothing by itself',
  502: 'the configuration of the payment cannot be used',
  503: ofPayment[503],
}

function notifyOperation(
  { name, notifications }: IntermediaryConnector,
  { method, path }: NotificationForm['routes'][number],
): ApiOperation {
  const operation = {
    ...{ method, path: `/${name}/notify${path}`, tag: name, isOpen: true },
    summary: 'Take what the intermediary reports by itself',
    description:
      'In its own words, signed in its own way: see the page of the intermediary. Answered once every settlement is on the log.',
    body: {
      types: ['*/*'],
      schema: { type: 'string', description: 'The notification as it comes' },
    },
  }
  if (!notifications?.answer) {
    const accepted = { description: 'taken', schema: ref('Accepted') }
    return { ...operation, answers: { 200: accepted }, problems: ofNotification }
  }
  return { ...operation, hasOwnWords: true, answers: inItsWords(notifications.answer) }
}

/** What is answered by status, where the intermediary has words of its own for it. */
function inItsWords(answer: NonNullable<NotificationForm['answer']>): ApiOperation['answers'] {
  const refused = Object.entries({ ...ofNotification, 500: 'something broke here' })
  const told = [
    { when: 'taken', ...answer({ taken: 1 }) },
    ...refused.map(([status, when]) => ({
      when,
      ...answer({ refused: { status: Number(status), detail: when } }),
    })),
  ]
  const answers: Record<number, { readonly description: string; readonly type: string }> = {}
  for (const { status, type, when } of told) {
    const before = answers[status]
    const description = before ? `${before.description}; ${when}` : when
    answers[status] = { description, type: type.replace(/;.*$/, '') }
  }
  return answers
}
