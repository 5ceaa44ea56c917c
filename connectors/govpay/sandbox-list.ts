import { pendenzaOf, sendJson, stateOf } from '#connectors/govpay/sandbox-told'
import type { Debt, Register } from '#connectors/govpay/sandbox-register'
import type { Request, RequestHandler } from 'express'

/** Shorter than GovPay's 100, so that a list of a few debts has several pages. */
const pageLengthMax = 2

/** GET /pendenze: the debts of the application, filtered by what is asked for, a page of them. */
export const pendenzeList =
  (register: Register, application: string, domain: string): RequestHandler =>
  (request, response) => {
    const found = [...register.all()].flatMap(({ debt }) =>
      debt && isAskedFor(debt, application, request) ? [debt] : [],
    )
    const page = numberIn(request, 'pagina', 1)
    const length = Math.min(numberIn(request, 'risultatiPerPagina', 25), pageLengthMax)
    const begin = (page - 1) * length
    const hasNext = begin + length < found.length
    sendJson(response, {
      numRisultati: found.length,
      numPagine: Math.ceil(found.length / length),
      risultatiPerPagina: length,
      pagina: page,
      prossimiRisultati: hasNext ? `/pendenze?pagina=${page + 1}` : undefined,
      risultati: found.slice(begin, begin + length).map((debt) => ({
        ...pendenzaOf(debt, application, domain),
        voci: undefined,
        rpp: `/rpp?idPendenza=${debt.idPendenza}`,
      })),
    })
  }

const isAskedFor = (debt: Debt, application: string, { query }: Request): boolean => {
  const { idDominio, soggettoPagatore } = debt.pendenza
  const known = {
    idA2A: application,
    idDominio,
    idDebitore: soggettoPagatore.identificativo,
    stato: stateOf(debt),
  }
  return Object.entries(known).every(
    ([name, value]) => query[name] === undefined || query[name] === value,
  )
}

const numberIn = ({ query }: Request, name: string, otherwise: number): number => {
  const given = Number(query[name] ?? otherwise)
  return Number.isInteger(given) && given >= 1 ? given : otherwise
}
