import { messageNamespace } from '#connectors/mypay/client'
import { element, textElement } from '#soap/xml-writing'

/** What an operation comes to: members in the order of the description, or a fault. */
export type Outcome =
  | { readonly faultCode: string; readonly text?: string; readonly isKo?: boolean }
  | { readonly faultCode?: undefined; readonly members: readonly (string | undefined)[] }

/** An application's no to what would have changed something: beside the fault it says KO. */
export const refused = (faultCode: string, text = faultCode): Outcome => ({
  faultCode,
  text,
  isKo: true,
})

/** Success of what changes something. */
export const done = (...members: readonly (string | undefined)[]): Outcome => ({
  members: [textElement('esito', 'OK'), ...members],
})

/** The answer to an operation, whatever the outcome. The fault comes before all other members. */
export const answerOf = (operation: string, outcome: Outcome, ipaCode: string): string =>
  element(
    `ppt:${operation}Risposta xmlns:ppt="${messageNamespace}"`,
    ...(outcome.faultCode === undefined
      ? outcome.members
      : [
          element(
            'fault',
            textElement('faultCode', outcome.faultCode),
            textElement('faultString', outcome.text ?? outcome.faultCode),
            textElement('id', ipaCode),
            textElement('serial', '0'),
          ),
          outcome.isKo ? textElement('esito', 'KO') : undefined,
        ]),
  )
