import type { ProxyView } from '#apps/operations/ask-proxies'
import type { ConfigurationState } from '#apps/operations/configuration-health'
import { html, type Html } from '#apps/platform/html'
import { type Frame, layout, table, time, whole } from '#apps/operations/pages/layout'
import { processesTable } from '#apps/operations/pages/overview'
import type { ProcessStatus } from '#apps/platform/inspection/processes'

/** All that is known of how the installation is configured. */
export interface ConfigurationHealth {
  readonly states: readonly ConfigurationState[]
  readonly proxies: readonly ProxyView[]
  readonly processes: readonly ProcessStatus[]
  /** What is amiss with settings, a sentence each. */
  readonly warnings: readonly string[]
}

const shownMax = 200
const kinds = ['complete', 'invalid', 'unknown'] as const

/** Whether public bodies and services are configured so that payments can be made. */
export function configurationPage(frame: Frame, health: ConfigurationHealth): Html {
  const { states, proxies, processes, warnings } = health
  const connectors = [...new Set(states.map(({ connector }) => connector))]
  return layout({
    title: 'Configuration',
    frame,
    body: html`
      <h2>Settings</h2>
      ${list(warnings, 'No setting is amiss.')}
      <h2>Connectors</h2>
      ${
        states.length === 0
          ? html`<p>Nothing is configured yet: no public body takes payments.</p>`
          : table(
              'Configurations by connector',
              [
                { title: 'Connector' },
                { title: 'Level' },
                ...['Active', 'Complete', 'Invalid', 'Unknown'].map(number),
              ],
              connectors.flatMap((connector) => rowsOf(connector, states)),
            )
      }
      <h2>Public bodies and services</h2>
      ${states.length > 0 && statesTable(states.slice(0, shownMax))}
      ${states.length > shownMax && html`<p>${whole(states.length - shownMax)} more are not shown.</p>`}
      <p class="quiet">
        Complete: its form is filled in as the connector wants it. Whether the intermediary takes it
        is tried by <code>POST /check-payment</code> of the payment proxy.
      </p>
      <h2>What payment proxies say</h2>
      ${
        proxies.length === 0
          ? html`<p>No payment proxy is named to this page.</p>`
          : proxies.map(
              ({ url, asked, differences }) =>
                html`<h3>${url}</h3>
                  ${list(differences, `Tells all ${whole(asked)} asked of as the topics do.`)}`,
            )
      }
      <h2>Processes</h2>
      ${processesTable(processes)}
    `,
  })
}

const number = (title: string) => ({ title, isNumber: true })

const list = (sentences: readonly string[], none: string): Html =>
  sentences.length === 0
    ? html`<p>${none}</p>`
    : html`<ul>
        ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>`

const rowsOf = (connector: string, states: readonly ConfigurationState[]) =>
  (['TENANT', 'SERVICE'] as const).map((level) => {
    const own = states.filter((one) => one.connector === connector && one.level === level)
    return [
      connector,
      level === 'TENANT' ? 'public bodies' : 'services',
      whole(own.filter(({ isActive }) => isActive).length),
      ...kinds.map((kind) => whole(own.filter(({ state }) => state === kind).length)),
    ]
  })

function statesTable(states: readonly ConfigurationState[]): Html {
  const rows = states.map(
    ({ id, level, connector, isActive, version, updatedAt, state, faults }) => [
      id,
      level === 'TENANT' ? 'public body' : 'service',
      connector,
      isActive ? 'yes' : 'no',
      html`<span class="${state === 'complete' ? 'good' : 'bad'}">${state}</span>`,
      faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; '),
      whole(version),
      time(Date.parse(updatedAt)),
    ],
  )
  const columns = [
    ...['Id', 'What', 'Connector', 'Active', 'State'].map((title) => ({ title })),
    { title: 'Faults', isLong: true },
    number('Version'),
    { title: 'Changed' },
  ]
  return table('Configurations of public bodies and services', columns, rows)
}
