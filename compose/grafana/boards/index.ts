import { debits } from '#compose/grafana/boards/debits'
import { engine } from '#compose/grafana/boards/engine'
import { exportsBoard } from '#compose/grafana/boards/exports'
import { intermediary } from '#compose/grafana/boards/intermediary'
import { overview } from '#compose/grafana/boards/overview'
import { tenantPayments } from '#compose/grafana/boards/tenant-payments'

/** Every dashboard: each is a file of its name in compose/grafana/dashboards. */
export const boards = [overview, tenantPayments, intermediary, engine, debits, exportsBoard]
