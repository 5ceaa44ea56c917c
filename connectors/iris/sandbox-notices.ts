import { element, textElement } from '#soap/xml-writing'
import { textAt } from '#soap/xml'
import { noticeQrText, pdfOf, qrOf, rows } from '#sandboxes/documents'
import { noticeNamespace } from '#connectors/iris/names'
import type { SoapAnswer, SoapRequest } from '#soap/endpoint'
import type { Debt, Register } from '#connectors/iris/sandbox-register'

/** `GeneraAvviso`: the notice of what is owed. */
export const openNotices =
  (register: Register) =>
  async ({ body }: SoapRequest): Promise<SoapAnswer> => {
    const taxCode = textAt(body, 'IdentificativoDominio') ?? ''
    const debt = register.byIuv(textAt(body, 'IdentificativoUnivocoVersamento') ?? '')?.debt
    if (!debt) return answerOf(element('Fault', ...faultOf('SBX00404', 'no such payment')))
    const pdf = await noticePdf(debt, taxCode)
    return answerOf(element('Body', textElement('AvvisoAnalogico', pdf.toString('base64'))))
  }

const answerOf = (member: string): SoapAnswer => ({
  body: element(`a:GeneraAvvisoResponse xmlns:a="${noticeNamespace}"`, member),
})

const faultOf = (code: string, text: string) => [
  textElement('FaultCode', code),
  textElement('FaultString', text),
  textElement('FaultDescription', 'SANDBOX'),
]

const noticePdf = (debt: Debt, taxCode: string): Promise<Buffer> => {
  const noticeCode = `3${debt.iuv}`
  return pdfOf({ party: 'IRIS', title: 'Payment notice', at: debt.created_at }, [
    rows([
      ['Creditor', taxCode],
      ['Payer', `${debt.payer.name} (${debt.payer.id})`],
      ['Reason', debt.reason],
      ['Amount', `EUR ${debt.amount}`],
      ['Notice number', noticeCode],
      ['To be paid by', debt.expires_on],
    ]),
    qrOf(noticeQrText(noticeCode, taxCode, debt.amount)),
  ])
}
