import { noticeQrText, pdfOf, qrOf, rows } from '#sandboxes/documents'
import type { Debt, Receipt } from '#connectors/examplepay/sandbox-register'

/** The public body all debts of the sandbox are owed to. Fictional. */
export const creditor = { name: 'Comune di Bugliano', tax_code: '01234567897' } as const

const party = 'examplepay'

/** The notice to pay with, as a PDF: the same bytes for the same debt. */
export const noticePdf = (debt: Debt): Promise<Buffer> => {
  const { request, notice_number, created_at } = debt
  return pdfOf({ party, title: 'Payment notice', at: created_at }, [
    rows([
      ['Creditor', `${creditor.name} (${creditor.tax_code})`],
      ['Payer', `${request.payer.name} (${request.payer.tax_code})`],
      ['Reason', request.reason],
      ['Amount', `EUR ${request.amount}`],
      ['Notice number', notice_number],
      ['To be paid by', request.expire_at ?? 'no deadline'],
    ]),
    qrOf(qrText(debt)),
  ])
}

/** The receipt of a paid debt, as a PDF: the same bytes for the same debt. */
export const receiptPdf = (debt: Debt, receipt: Receipt): Promise<Buffer> =>
  pdfOf({ party, title: 'Payment receipt', at: receipt.paid_at }, [
    rows([
      ['Creditor', `${creditor.name} (${creditor.tax_code})`],
      ['Payer', `${debt.request.payer.name} (${debt.request.payer.tax_code})`],
      ['Reason', debt.request.reason],
      ['Amount paid', `EUR ${debt.request.amount}`],
      ['Notice number', debt.notice_number],
      ['IUV', debt.iuv],
      ['Paid at', receipt.paid_at],
      ['Transaction', receipt.transaction_id],
    ]),
  ])

/** The text of a notice's QR code. */
export const qrText = ({ request, notice_number }: Debt): string =>
  noticeQrText(notice_number, creditor.tax_code, request.amount)
