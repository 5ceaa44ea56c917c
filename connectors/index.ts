import { examplepay } from '#connectors/examplepay/index'
import { externalPage } from '#connectors/external-page/index'
import { govpay } from '#connectors/govpay/index'
import { iris } from '#connectors/iris/index'
import { mypay } from '#connectors/mypay/index'
import type { IntermediaryConnector } from '#ports/intermediary'

/** Every intermediary the platform can reach. */
export const intermediaries: readonly IntermediaryConnector[] = [
  examplepay,
  externalPage,
  govpay,
  mypay,
  iris,
]
