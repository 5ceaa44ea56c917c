import { envelopeOf } from '#soap/envelope'
import { element, textElement } from '#soap/xml-writing'
import { outcomeNamespace, paymentNamespace, proxyNamespace } from '#connectors/iris/names'
import { centsOf, unknownWord } from '#connectors/iris/sandbox-magic'
import { headerElement } from '#connectors/iris/sandbox-messages'
import { formatCents, parseCents } from '#schemas/values/cents'
import type { Party } from '#connectors/iris/sandbox-messages'
import type { Debt, Entry, Owed, Receipt } from '#connectors/iris/sandbox-register'

type Told = Receipt & { readonly Esito: string }
interface Of {
  readonly iud: string
  readonly debt: Debt
}

/** What IRIS says of the state of a payment; with the payment, where it was paid. */
export const statusElement = (state: string, iuv: string, dueType: string, paid?: Of): string => {
  const [receipt] = paid?.debt.receipts ?? []
  return element(
    `e:InformazioniPagamento xmlns:e="${outcomeNamespace}"`,
    textElement('e:IdPagamento', iuv),
    textElement('e:TipoPendenza', dueType),
    textElement('e:Stato', state),
    textElement('e:DescrizioneStato', 'SANDBOX'),
    paid && receipt
      ? element(
          `e:Pagamento xmlns:ip="${paymentNamespace}"`,
          ...membersOf(paid, { ...receipt, Esito: 'ESEGUITO' }),
        )
      : undefined,
  )
}

const membersOf = ({ iud, debt }: Of, { transaction_id, paid_at, Esito }: Told) => {
  const { iuv, due_type, reason, payer } = debt
  const amount = toldAmount(debt)
  return [
    element(
      'ip:RiferimentoPagamento TipoPagamento="Pagamento Unico"',
      textElement('ip:IdPagamento', iuv),
    ),
    // Rome's, without an offset: the reader must know.
    textElement('ip:DataOraPagamento', paid_at.slice(0, 19)),
    textElement('ip:Importo', amount),
    textElement('ip:RiferimentoDebitore', payer.id),
    textElement('ip:Esito', Esito),
    element(
      'ip:Transazione',
      element('ip:CanalePagamento Tipo="SANDBOX"'),
      element('ip:MezzoPagamento Tipo="SANDBOX"'),
      textElement('ip:IdTransazione', transaction_id),
      textElement('ip:DataOraTransazione', paid_at),
      textElement('ip:ImportoTransato', amount),
    ),
    element(
      `ip:RiferimentoDebito TipoDebito="${due_type.replace(/[<&"]/g, ' ')}"`,
      textElement('ip:Pendenza', iud),
    ),
    textElement('ip:DescrizioneCausale', reason),
    textElement('ip:IdentificativoUnivocoVersamento', iuv),
  ]
}

const toldAmount = ({ amount }: Debt): string =>
  centsOf(amount) === '45' ? formatCents(parseCents(amount) + 1) : amount

const otherDebt = (debt: Debt, iud: string): Of => ({
  iud,
  debt: {
    ...debt,
    iuv: '99000000000000000',
    amount: '1.00',
    reason: 'Other',
    payer: { id: 'OTHER', name: 'Other' },
  },
})

/** The message that tells a body of payments, as IRIS sends it. */
export const informativaOf = (
  { iud, debt }: Entry & { debt: Debt },
  owed: Owed,
  to: Party,
): string => {
  const isUnknown = centsOf(debt.amount) === '66'
  const told = owed.told.flatMap((one) => [
    ...owed.others.map((other) => membersOf(otherDebt(debt, other), one)),
    membersOf({ iud, debt }, isUnknown ? { ...one, Esito: unknownWord } : one),
  ])
  return envelopeOf(
    element(
      `p:IdpInformativaPagamento xmlns:p="${proxyNamespace}"`,
      element(
        `ip:IdpInformativaPagamento Versione="01.03-02" xmlns:ip="${paymentNamespace}"`,
        headerElement('IdpInformativaPagamento', owed.msgId, to),
        element('ip:IdpBody', ...told.map((members) => element('ip:Pagamento', ...members))),
      ),
    ),
  )
}
