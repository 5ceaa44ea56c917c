import type { Unit } from '#core/processor'
import type { ApplicationRegister } from '#ports/application-register'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { UrlsOf } from '#ports/payment-urls'
import { debitAuthoriserWith } from '#streams/debits/debit-authoriser'
import type { DebitSettings } from '#streams/debits/known'
import {
  type NotificationPorts,
  notificationSender,
} from '#streams/notifications/notification-sender'
import { exportExtractor } from '#streams/exports/export-extractor'
import { exportIntake } from '#streams/exports/export-intake'
import { exportKeeper } from '#streams/exports/export-keeper'
import { exportNotifications } from '#streams/exports/export-notifications'
import { exportPacker } from '#streams/exports/export-packer'
import type { ExportPorts } from '#streams/exports/export-ports'
import { exportPurger } from '#streams/exports/export-purger'
import { exportRenderer } from '#streams/exports/export-renderer'
import { exportSplitter } from '#streams/exports/export-splitter'
import { applicationNotifier } from '#streams/payments/application-notifier'
import type { CheckTail } from '#streams/payments/check-schedule'
import { configurationKeeper } from '#streams/payments/configuration-keeper'
import { debtPositionOpener } from '#streams/payments/debt-position-opener'
import { duesImporter } from '#streams/payments/dues-importer'
import { duesRequester } from '#streams/payments/dues-requester'
import type { NotesOf } from '#streams/payments/noted-intermediary'
import { paymentDispatcher } from '#streams/payments/payment-dispatcher'
import { paymentIndex } from '#streams/payments/payment-index'
import { paymentIntake } from '#streams/payments/payment-intake'
import { paymentKeeperWith } from '#streams/payments/payment-keeper'
import { paymentNotificationsWith } from '#streams/payments/payment-notifications'
import { paymentUpdater } from '#streams/payments/payment-updater'
import { paymentsByServiceDay } from '#streams/payments/payments-by-service-day'
import type { IntermediaryOf } from '#streams/payments/reached-intermediary'

/** What the units reach the world through; the composition root gives it. */
export interface Ports {
  readonly connectors: readonly IntermediaryConnector[]
  readonly intermediaryOf: IntermediaryOf
  readonly urlsOf: UrlsOf
  readonly notesOf?: NotesOf | undefined
  readonly register: ApplicationRegister
  /** How long a failed creation can be tried again before its application is told, milliseconds. */
  readonly retryWindowMs: number
  readonly checkTail: CheckTail
  readonly dues: {
    /** The dues of a citizen at a service are asked for once in this time at most, milliseconds. */
    readonly askEveryMs: number
    /** Where payers of dues are sent after paying; null where nobody said. */
    readonly landingUrl: string | null
  }
  readonly debits: DebitSettings
  /** Whether payers get a mail when their payment is complete. */
  readonly arePayersMailed: boolean
  readonly notifications: NotificationPorts
  readonly exports: ExportPorts
}

/** Every unit the platform runs, in the order of the topology. */
export const units = ({
  connectors,
  intermediaryOf,
  urlsOf,
  notesOf,
  register,
  retryWindowMs,
  checkTail,
  dues,
  debits,
  arePayersMailed,
  notifications,
  exports,
}: Ports): readonly Unit[] => [
  paymentDispatcher,
  paymentIntake(connectors, urlsOf),
  debtPositionOpener({ intermediaryOf, urlsOf, notesOf }),
  paymentKeeperWith(checkTail),
  paymentIndex,
  paymentsByServiceDay,
  paymentUpdater,
  applicationNotifier({ register, retryWindowMs }),
  configurationKeeper(connectors),
  duesRequester(connectors, dues.askEveryMs),
  duesImporter({ intermediaryOf, landingUrl: dues.landingUrl }),
  debitAuthoriserWith(debits),
  paymentNotificationsWith(arePayersMailed),
  notificationSender(notifications),
  exportIntake,
  exportKeeper,
  exportExtractor(exports),
  exportSplitter(exports),
  exportRenderer(exports),
  exportPacker(exports),
  exportPurger(exports),
  exportNotifications,
]
