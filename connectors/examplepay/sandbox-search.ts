import { PendencySearch } from '#connectors/examplepay/listed-pendency'
import { listed, stateOf } from '#connectors/examplepay/sandbox-register'
import { refuse } from '#sandboxes/refusal'
import type { PendencyPage } from '#connectors/examplepay/listed-pendency'
import type { Debt, Register } from '#connectors/examplepay/sandbox-register'
import type { RequestHandler } from 'express'

/** Short, so that a list of a few debts has several. */
const pageLength = 2

/** POST /pendencies/search: the open debts of a tax code and a type, a page of them. */
export const pendencySearch =
  (register: Register): RequestHandler =>
  (request, response) => {
    const search = PendencySearch.safeParse(request.body)
    if (!search.success) return refuse(response, 400, 'malformed')
    const { tax_code, due_type, page } = search.data
    const isWanted = (debt: Debt) =>
      stateOf(debt) === 'UNPAID' &&
      debt.request.payer.tax_code === tax_code &&
      debt.request.due_type === due_type
    const found = [...register.all()].flatMap(({ debt }) => (debt && isWanted(debt) ? [debt] : []))
    const begin = (page - 1) * pageLength
    const answer: PendencyPage = {
      pendencies: found.slice(begin, begin + pageLength).map(listed),
      pages: Math.ceil(found.length / pageLength),
    }
    response.json(answer)
  }
