import type { Panel } from '#compose/grafana/panels/panel'

/** What a dashboard is of, chosen at its top; its values are those of a label. */
export interface Choice {
  readonly name: string
  readonly label: string
  /** The series whose label is offered. */
  readonly of: string
  /** Whether several, or all, can be shown at once. */
  readonly isMany: boolean
}

interface DashboardOptions {
  /** Name of its file, and with `corrente-` before it, its id for ever. */
  readonly name: string
  readonly title: string
  readonly description: string
  readonly choices?: readonly Choice[]
  readonly panels: readonly Panel[]
}

/** A dashboard as Grafana reads it. */
export interface Dashboard {
  readonly name: string
  readonly json: Readonly<Record<string, unknown>>
}

const columns = 24

const sourceVariable = {
  name: 'datasource',
  label: 'Prometheus',
  type: 'datasource',
  query: 'prometheus',
  hide: 0,
}

/** Where the pages of alerts are read: an installation says it once, in the provisioned file or at the top. */
const runbooksVariable = {
  name: 'runbooks',
  label: 'Runbooks',
  type: 'textbox',
  query: 'docs/runbooks',
  current: { text: 'docs/runbooks', value: 'docs/runbooks' },
  hide: 0,
}

const choiceVariable = ({ name, label, of, isMany }: Choice) => ({
  name,
  label,
  type: 'query',
  datasource: { type: 'prometheus', uid: '${datasource}' },
  query: { query: `label_values(${of}, ${name})`, refId: name },
  refresh: 2,
  sort: 1,
  multi: isMany,
  includeAll: isMany,
  ...(isMany ? { allValue: '.*', current: { text: 'All', value: '$__all' } } : {}),
})

/** Puts the panels in rows from left to right, as far as they fit, and gives each its number. */
export function dashboard(options: DashboardOptions): Dashboard {
  const { name, title, description, choices = [], panels } = options
  return {
    name,
    json: {
      uid: `corrente-${name}`,
      title,
      description,
      tags: ['corrente'],
      schemaVersion: 39,
      editable: false,
      graphTooltip: 1,
      refresh: '30s',
      time: { from: 'now-6h', to: 'now' },
      timezone: 'browser',
      links: [
        {
          type: 'dashboards',
          title: 'Corrente',
          tags: ['corrente'],
          asDropdown: true,
          keepTime: true,
        },
      ],
      templating: { list: [sourceVariable, runbooksVariable, ...choices.map(choiceVariable)] },
      annotations: { list: [] },
      panels: placed(panels),
    },
  }
}

function placed(panels: readonly Panel[]) {
  let [x, y, height] = [0, 0, 0]
  return panels.map(({ title, type, width, body, ...panel }, index) => {
    if (x + width > columns) [x, y, height] = [0, y + height, 0]
    const gridPos = { x, y, w: width, h: panel.height }
    x += width
    height = Math.max(height, panel.height)
    return { id: index + 1, title, type, gridPos, ...body }
  })
}
