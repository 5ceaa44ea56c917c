import { html, type Html } from '#apps/platform/html'
import type { LogView } from '#apps/operations/needs'
import { circuitsTable } from '#apps/operations/pages/circuits'
import { lettersTable } from '#apps/operations/pages/dead-letters'
import { flowPicture } from '#apps/operations/pages/flow'
import { type Frame, layout, rate, table, time, whole } from '#apps/operations/pages/layout'
import { parkedTable } from '#apps/operations/pages/parked'
import { anomaliesTable, paymentsTable } from '#apps/operations/pages/payment-tables'
import type { Recent } from '#apps/operations/recent'
import type { ProcessStatus } from '#apps/platform/inspection/processes'
import type { Unit } from '#core/processor'
import type { AnyTopic } from '#schemas/topic'

/** All that the overview shows. */
export interface Overview {
  readonly frame: Frame
  readonly view: LogView
  readonly processes: readonly ProcessStatus[]
  /** Undefined where the log could not be asked. */
  readonly recent: Recent | undefined
  readonly units: readonly Unit[]
  readonly topics: readonly AnyTopic[]
  readonly isRefreshing: boolean
}

const shownMax = 10

/** The page an operator opens first. */
export const overviewPage = (overview: Overview): Html => {
  const { frame, view, recent, isRefreshing } = overview
  const { ledgers, samples } = view
  const letters = ledgers?.letters.newest(shownMax)
  const parked = ledgers?.parked.flatMap((rows) => rows.keys()).slice(0, shownMax)
  return layout({
    title: 'Overview',
    frame,
    isRefreshing,
    body: html`
      <h2>The flow</h2>
      ${flowPicture(overview.units, view)}
      <h2>Units</h2>
      ${unitsTable(overview)}
      <p class="quiet">
        ${samples.latest ? html`As of ${time(samples.latest.atMs)}. ` : 'The log is not read yet. '}
        Rates are of the last minute, in offsets; markers of transactions take a part of them.
      </p>
      <h2>Circuits to outside parties</h2>
      ${circuitsTable(overview.processes)}
      <h2>Dead letters nobody has decided on</h2>
      ${letters ? lettersTable(letters) : unread}
      <h2>Parked keys</h2>
      ${parked ? parkedTable(parked) : unread}
      <h2>Anomalies of payments</h2>
      ${recent ? anomaliesTable(recent.anomalies) : unread}
      <h2>Last payments</h2>
      ${recent ? paymentsTable(recent.payments) : unread}
      <h2>Topics</h2>
      ${topicsTable(overview)}
      <h2>Processes</h2>
      ${processesTable(overview.processes)}
    `,
  })
}

/** In the place of what is not known. */
export const unread = html`<p class="quiet">Not read yet.</p>`

function unitsTable({ units, view, processes }: Overview): Html {
  const { samples, ledgers } = view
  const rows = units.map(({ name, kind, input, outputs }) => {
    const lag = samples.latest?.units.find(({ unit }) => unit === name)
    const told = processes.flatMap((one) => one.units).filter(({ unit }) => unit === name)
    const states = told.map(({ state, reason }) => (reason ? `${state}: ${reason}` : state))
    const parked = ledgers?.parked.find((rows) => rows.unit === name)
    return [
      name,
      states.length === 0 ? null : [...new Set(states)].join('; '),
      lag && whole(lag.lag),
      input.name,
      rate(samples.writtenPerSecond(input.name)),
      rate(samples.handledPerSecond(name)),
      outputs.map((topic) => topic.name).join(', '),
      lag && whole(lag.members),
      ledgers && whole(ledgers.letters.countOf(name)),
      kind === 'task' ? parked && whole(parked.keys().length) : '',
    ]
  })
  const number = (title: string) => ({ title, isNumber: true })
  const columns = [
    { title: 'Unit' },
    { title: 'State', isLong: true },
    number('Lag'),
    { title: 'Reads' },
    number('Written/s'),
    number('Handled/s'),
    { title: 'Writes', isLong: true },
    number('Processes'),
    number('Dead letters'),
    number('Parked keys'),
  ]
  return table('Units, in the order of the flow', columns, rows)
}

function topicsTable({ topics, view }: Overview): Html {
  const { samples } = view
  const rows = topics
    .filter(({ kind }) => kind !== 'changelog')
    .map(({ name, kind }) => {
      const end = samples.latest?.ends.get(name)
      return [
        name,
        kind,
        end === undefined ? null : whole(end),
        rate(samples.writtenPerSecond(name)),
      ]
    })
  const columns = [
    { title: 'Topic' },
    { title: 'Kind' },
    { title: 'End', isNumber: true },
    { title: 'Written/s', isNumber: true },
  ]
  return table('Topics', columns, rows)
}

export function processesTable(processes: readonly ProcessStatus[]): Html {
  if (processes.length === 0) {
    return html`<p class="quiet">
      None is named to this page: set <code>CORRENTE_PROCESSES</code>.
    </p>`
  }
  const rows = processes.map(({ app, url, version, problems }) => [
    app ?? 'unknown',
    problems.length === 0
      ? html`<span class="good">ok</span>`
      : html`<span class="bad">failing</span>`,
    version,
    url,
  ])
  return table('Processes', ['Process', 'Status', 'Version', 'Address'].map(titled), rows)
}

const titled = (title: string) => ({ title })
