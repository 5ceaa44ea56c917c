import type { Dashboard } from '#compose/grafana/panels/dashboard'

/** Where Grafana is given them from. */
export const folder = 'compose/grafana/dashboards'

/** The file of a dashboard, as it is committed. */
export const fileOf = ({
  name,
  json,
}: Dashboard): { readonly path: string; readonly text: string } => ({
  path: `${folder}/${name}.json`,
  text: `${JSON.stringify(json, null, 2)}\n`,
})
