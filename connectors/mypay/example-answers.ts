import { messageNamespace } from '#connectors/mypay/client'
import { envelopeOf } from '#soap/envelope'
import { element } from '#soap/xml-writing'

/** An answer of MyPay's with these members, XML text. */
export const answerText = (operation: string, members: string): string =>
  envelopeOf(element(`ppt:${operation}Risposta xmlns:ppt="${messageNamespace}"`, members))

/** A fault as MyPay tells it, with HTTP 200; its text repeats what goes no further. */
export const faultMember = (faultCode: string): string =>
  `<fault><faultCode>${faultCode}</faultCode><faultString>PRVLCU85M15X000R</faultString>` +
  `<id>C_BUG</id></fault>`
