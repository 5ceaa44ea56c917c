import { examplepay } from '#connectors/examplepay/index'
import type { Intermediary, IntermediaryConnector } from '#ports/intermediary'

/** examplepay, were it an intermediary that gives no documents. */
export const withoutDocuments: IntermediaryConnector = {
  ...examplepay,
  connect: (configuration) => {
    const { openDebtPosition, findDebtPosition, findSettlement, beginOnlinePayment } =
      examplepay.connect(configuration)
    return {
      openDebtPosition,
      findDebtPosition,
      findSettlement,
      beginOnlinePayment,
    } satisfies Intermediary
  },
}
