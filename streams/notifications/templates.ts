import { RejectedError } from '#core/errors'
import type { MessageTemplate } from '#streams/notifications/message-template'
import { exportCsvReady1 } from '#streams/notifications/templates/export-csv-ready-1'
import { exportFailed1 } from '#streams/notifications/templates/export-failed-1'
import { exportReady1 } from '#streams/notifications/templates/export-ready-1'
import { exportReadyWithErrors1 } from '#streams/notifications/templates/export-ready-with-errors-1'
import { paymentCompleted1 } from '#streams/notifications/templates/payment-completed-1'

/** Every template there is, in each of its versions. */
export const templates: readonly MessageTemplate[] = [
  paymentCompleted1,
  exportReady1,
  exportFailed1,
  exportReadyWithErrors1,
  exportCsvReady1,
]

/** How a version of a template is named to people, such as `export-ready@1`. */
export const templateNameOf = ({ name, version }: Pick<MessageTemplate, 'name' | 'version'>) =>
  `${name}@${version}`

/** A version of a template. Throws RejectedError('unknown-template'). */
export function templateOf(name: string, version: number): MessageTemplate {
  const found = templates.find((one) => one.name === name && one.version === version)
  if (found) return found
  const known = templates.map(templateNameOf).join(', ')
  throw new RejectedError('unknown-template', `there is no such template; there are ${known}`)
}
