import type { RequestHandler, Response } from 'express'
import type { Html } from '#apps/platform/html'
import { layout } from '#apps/operations/pages/layout'
import { renderProblems } from '#apps/platform/http-answers'

/** Nothing but this page's own style sheet is loaded, no script runs, and nobody frames it. */
const policy =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

export function send(response: Response, page: Html): void {
  response.type('html').send(String(page))
}

/** Before any page: what browsers are told of it, and that its problems are pages, too. */
export const asPages: RequestHandler = (_request, response, next) => {
  response.set({
    'content-security-policy': policy,
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    // Without any a browser does not say of a form where it comes from.
    'referrer-policy': 'same-origin',
  })
  renderProblems(response, ({ status, title, detail }) => {
    const page = layout({ title: `${status} ${title}`, body: detail, frame: undefined })
    return { status, type: 'html', body: String(page) }
  })
  next()
}
