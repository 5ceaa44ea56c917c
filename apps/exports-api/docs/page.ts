import type { Express } from 'express'
import { openApi } from '#apps/exports-api/docs/document'
import { operations } from '#apps/exports-api/docs/operations'
import { serveOnly } from '#apps/platform/http-answers'

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const row = ({ method, path, summary }: (typeof operations)[number]) =>
  `<tr><td>${method.toUpperCase()}</td><td><code>${escaped(path)}</code></td><td>${escaped(summary)}</td></tr>`

const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Corrente: exports</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}
td{padding:.2rem 1rem .2rem 0;vertical-align:top}</style>
<h1>Exports</h1>
<p>The whole contract is <a href="/docs/openapi.json">an OpenAPI document</a>.</p>
<table>${operations.map(row).join('\n')}</table>
`

/** `/docs`: what can be asked, to read, and `/docs/openapi.json`, for programs. */
export function docs(app: Express): void {
  const document = openApi()
  serveOnly(app, 'get', '/docs', (_request, response) => void response.type('html').send(page))
  serveOnly(app, 'get', '/docs/openapi.json', (_request, response) => void response.json(document))
}
