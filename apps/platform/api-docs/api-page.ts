import type { Api, ApiAnswer, ApiOperation, JsonSchema, Schemas } from '#apps/platform/api-docs/api'
import { example, table } from '#apps/platform/api-docs/document-page'
import {
  idsOf,
  operationIdOf,
  operationsOf,
  problemsOf,
  schemasOf,
} from '#apps/platform/api-docs/open-api'
import { sampleOf } from '#apps/platform/api-docs/sample-of'
import { anchorOf, saidOf, schemaTable, typeOf } from '#apps/platform/api-docs/schema-table'
import { type Content, html, type Html } from '#apps/platform/html'

/** Everything an app serves, to be read from top to bottom, or by the list on top. */
export function apiPage(api: Api): Html {
  const operations = operationsOf(api)
  const tags = [...new Set(operations.map(({ tag }) => tag))]
  const ofTag = (tag: string | undefined) => operations.filter((one) => one.tag === tag)
  const { description, token, links = [] } = api
  return html`<p>${description}</p>
    <p>The whole contract for programs: <a href="/docs/openapi.json">an OpenAPI document</a>.</p>
    ${links.map(({ path, label }) => html`<p><a href="${path}">${label}</a></p>`)}
    <p>
      ${token === undefined ? 'Nobody is asked for a token.' : `Authorization: Bearer …; ${token}.`}
      Whatever is refused is answered with a problem, <code>application/problem+json</code>.
    </p>
    <nav aria-label="Operations">
      ${tags.map((tag) => html`${tag && html`<p>${tag}</p>`} ${linksTo(ofTag(tag))}`)}
    </nav>
    ${tags.map(
      (tag) => html`${tag && html`<h2>${tag}</h2>`} ${ofTag(tag).map((one) => section(api, one))}`,
    )}
    <h2>Schemas</h2>
    ${Object.entries(schemasOf(api)).map(([name, schema]) => namedSchema(name, schema))}`
}

const linksTo = (operations: readonly ApiOperation[]): Html =>
  html`<ul>
    ${operations.map(
      ({ method, path, summary }) =>
        html`<li>
          <a href="#${operationIdOf(method, path)}">${method.toUpperCase()} <code>${path}</code></a>
          ${summary}
        </li>`,
    )}
  </ul>`

function section(api: Api, operation: ApiOperation): Html {
  const { method, path, summary, description, body, answers, isOpen } = operation
  const parameters = [...idsOf(api, operation), ...(operation.parameters ?? [])]
  const schemas = schemasOf(api)
  return html`<section id="${operationIdOf(method, path)}">
    <h3>${method.toUpperCase()} <code>${path}</code></h3>
    <p>${summary}.</p>
    ${description && html`<p>${description}</p>`}
    ${api.token !== undefined && isOpen && html`<p class="quiet">No token is asked for.</p>`}
    ${table('Parameters', ['Parameter', 'In', 'Type', 'Meaning'], parameters.map(parameterRow))}
    ${
      body &&
      html`<h4>What is sent: ${(body.types ?? ['application/json']).join(' or ')}</h4>
        ${shown(body, schemas)}`
    }
    ${Object.entries(answers).map(([status, answer]) => answerPart(status, answer, schemas))}
    ${table('Problems', ['Problem', 'When'], Object.entries(problemsOf(api, operation)))}
  </section>`
}

const parameterRow = (
  one: ReturnType<typeof idsOf>[number] | NonNullable<ApiOperation['parameters']>[number],
): readonly Content[] => {
  const said = 'description' in one ? one.description : undefined
  return [
    html`<code>${one.name}</code>`,
    one.required ? `${one.in}, required` : one.in,
    typeOf(one.schema),
    [said, saidOf(one.schema)].filter(Boolean).join(' · '),
  ]
}

const shown = (
  { schema, example: given }: { readonly schema: JsonSchema; readonly example?: unknown },
  schemas: Schemas,
): Html =>
  html`${schemaTable('Members', schema)} ${example('Example', given ?? sampleOf(schema, schemas))}`

function answerPart(
  status: string,
  { description, type, schema, example: given, headers = {} }: ApiAnswer,
  schemas: Schemas,
): Html {
  const media = type ?? (schema ? 'application/json' : 'no body')
  return html`<h4>${status}: ${description} (${media})</h4>
    ${table('Headers', ['Header', 'Meaning'], Object.entries(headers))}
    ${schema && shown({ schema, example: given }, schemas)}`
}

const namedSchema = (name: string, schema: JsonSchema): Html =>
  html`<section id="${anchorOf(name)}">
    <h3>${name}</h3>
    ${schema.description !== undefined && html`<p>${schema.description}</p>`}
    ${schemaTable(name, schema)}
  </section>`
