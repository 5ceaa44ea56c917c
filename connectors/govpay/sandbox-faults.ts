import type { Response } from 'express'

const categories: readonly (readonly [RegExp, string])[] = [
  [/^(APP|AUT)_|^40[13]000$/, 'AUTORIZZAZIONE'],
  [/^SINTASSI$|^400000$/, 'RICHIESTA'],
  [/^DOM_002$/, 'INTERNO'],
]

/** Says no as GovPay does; without a code in the words of its old versions. */
export const refuse = (response: Response, status: number, code: string | null): void => {
  const text = 'SANDBOX: refused'
  if (code === null) {
    response.status(status).json({ detail: text, status, title: text, type: null })
    return
  }
  const categoria = categories.find(([codes]) => codes.test(code))?.[1] ?? 'OPERAZIONE'
  response.status(status).json({ categoria, codice: code, descrizione: text })
}
