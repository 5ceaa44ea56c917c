import { normaliseApplication } from '#schemas/applications/normalise'
import { normalisePayment } from '#schemas/payments/normalise'
import { normaliseUser } from '#schemas/users/normalise'
export { operations } from '#schemas/engine/operations'
export { redrives } from '#schemas/engine/redrives'
export { units } from '#schemas/engine/units'
export * from '#schemas/exports/topics'
import {
  changelog,
  commands,
  events,
  facts,
  keyedChangelog,
  keyedTable,
  shared,
  table,
  telemetry,
} from '#schemas/topic'

export const applications = shared('applications', 'corrente.applications.Application', {
  key: 'service_id',
  version: '2.0',
  majorVersions: [2],
  normalise: normaliseApplication,
})
export const payments = shared('payments', 'corrente.payments.Payment', {
  key: 'service_id',
  version: '2.0',
  majorVersions: [2],
  normalise: normalisePayment,
})
export const users = shared('users', 'corrente.users.User', {
  key: 'id',
  version: '2.0',
  majorVersions: [2],
  normalise: normaliseUser,
})

export const paymentSeen = events('payment.seen', 'corrente.payments.PaymentSeen', {
  key: 'payment_id',
})
export const paymentFacts = facts('payment.facts', 'corrente.payments.PaymentFact', {
  key: 'payment_id',
})
export const paymentOpenings = commands('payment.openings', 'corrente.payments.PaymentOpening', {
  key: 'payment_id',
})
export const duesRequests = commands('payment.dues-requests', 'corrente.payments.DuesRequest', {
  key: 'ask_id',
})
export const paymentAnomalies = events('payment.anomalies', 'corrente.payments.PaymentAnomaly', {
  key: 'payment_id',
})
export const paymentExchanges = telemetry(
  'payment.exchanges',
  'corrente.payments.PaymentExchange',
  { key: 'payment_id' },
)
export const paymentContributions = events(
  'payment.contributions',
  'corrente.payments.PaymentContribution',
  { key: 'service_day' },
)
export const configurationCommands = commands(
  'payment.configurations',
  'corrente.payments.ConfigurationCommand',
  { key: 'subject_id' },
)
export const applicationUpdates = commands(
  'application-updates',
  'corrente.applications.ApplicationUpdate',
  { key: 'application_id' },
)

export const notifications = commands('notifications', 'corrente.notifications.Notification', {
  key: 'notification_id',
})
export const notificationDeliveries = events(
  'notifications.deliveries',
  'corrente.notifications.NotificationDelivery',
  { key: 'notification_id' },
)

export const debits = commands('debits', 'corrente.debits.DebitRequest', {
  key: 'account_id',
  isKept: true,
})
export const debitDecisions = events('debits.decisions', 'corrente.debits.DebitDecided', {
  key: 'account_id',
})
export const ledgerEntries = events('ledger.entries', 'corrente.debits.LedgerEntry', {
  key: 'account_id',
})
export const statementEntries = events('statements.entries', 'corrente.debits.StatementEntry', {
  key: 'account_id',
})
export const debitCards = table('debits.cards', 'corrente.debits.CardAccount', { key: 'card_id' })

export const paymentsCurrent = keyedTable('payments.current', 'corrente.payments.PaymentCurrent', {
  key: 'id',
  indexes: ['remote_id', 'payment_iuv'],
})
export const paymentsOpen = keyedTable('payments.open', 'corrente.payments.OpenPayment', {
  key: 'id',
})
export const paymentsByServiceDay = keyedTable(
  'payments.by-service-day',
  'corrente.payments.ServiceDay',
  { key: 'id' },
)
export const tenantConfigurations = table(
  'payment.tenants',
  'corrente.payments.TenantConfiguration',
  { key: 'id', partitions: 1, hasFewRows: true },
)
export const serviceConfigurations = table(
  'payment.services',
  'corrente.payments.ServiceConfiguration',
  { key: 'id', partitions: 1, indexes: ['service_id', 'connector', 'tenant_id'], hasFewRows: true },
)
export const configurationVersions = table(
  'payment.configuration-versions',
  'corrente.payments.ConfigurationVersion',
  { key: 'id', partitions: 1, indexes: ['configuration', 'command_id'] },
)
export const configurationRefusals = table(
  'payment.configuration-refusals',
  'corrente.payments.ConfigurationRefusal',
  { key: 'id', partitions: 1, indexes: ['command_id'] },
)

export const dispatchedApplications = changelog(
  'payment-dispatcher.applications',
  'corrente.payments.DispatchedApplication',
  { key: 'application_id' },
)
export const askedDues = changelog('dues-requester.asks', 'corrente.payments.AskedDues', {
  key: 'ask_id',
})
export const receivedPayments = changelog(
  'payment-intake.payments',
  'corrente.payments.ReceivedPayment',
  { key: 'payment_id' },
)
export const keptPayments = changelog('payment-keeper.payments', 'corrente.payments.KeptPayment', {
  key: 'payment_id',
})
export const indexedPayments = changelog(
  'payment-index.payments',
  'corrente.payments.IndexedPayment',
  { key: 'payment_id' },
)
export const reportedPayments = changelog(
  'payment-updater.payments',
  'corrente.payments.ReportedPayment',
  { key: 'payment_id' },
)
export const failedCreations = changelog(
  'application-notifier.creations',
  'corrente.applications.FailedCreation',
  { key: 'payment_id' },
)
export const serviceDays = keyedChangelog(
  'payments-by-service-day.days',
  'corrente.payments.ServiceDay',
  { key: 'id' },
)
export const keptConfigurations = changelog(
  'configuration-keeper.configurations',
  'corrente.payments.KeptConfiguration',
  { key: 'id' },
)
export const debitRows = changelog('debit-authoriser.rows', 'corrente.debits.DebitRow', {
  key: 'id',
})
export const endedNotifications = changelog(
  'notification-sender.notifications',
  'corrente.notifications.EndedNotification',
  { key: 'notification_id' },
)
