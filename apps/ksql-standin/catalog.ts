import type pg from 'pg'
import { rowStore } from '#apps/ksql-standin/database/row-store'
import {
  type Command,
  createSource,
  dropSource,
  type KeptSource,
  keptCommands,
  keptSources,
  noteCommand,
} from '#apps/ksql-standin/database/source-store'
import { type Loader, type LoaderPorts, startLoader } from '#apps/ksql-standin/load/loader'
import type { Source } from '#apps/ksql-standin/sql/source'

/** A table that was created, and what fills it. */
export interface Table extends KeptSource {
  readonly loader: Loader
}

/** The tables there are, kept in Postgres. */
export class Catalog {
  readonly #owner: pg.Pool
  readonly #ports: LoaderPorts
  readonly #cluster: string
  readonly #tables = new Map<string, Table>()
  readonly #commands = new Map<string, Command>()

  private constructor(owner: pg.Pool, ports: LoaderPorts, cluster: string) {
    this.#owner = owner
    this.#ports = ports
    this.#cluster = cluster
  }

  /** Finds the tables that were created before, and goes on reading their topics. */
  static async open(owner: pg.Pool, ports: LoaderPorts, cluster: string): Promise<Catalog> {
    const catalog = new Catalog(owner, ports, cluster)
    for (const command of await keptCommands(owner)) catalog.#commands.set(command.id, command)
    for (const kept of await keptSources(owner)) {
      // Offsets of another cluster say nothing here.
      if (kept.cluster !== cluster) await rowStore(owner, kept.source).clear()
      catalog.#tail(kept)
    }
    return catalog
  }

  tables(): readonly Table[] {
    return [...this.#tables.values()]
  }

  find(name: string): Table | undefined {
    return this.#tables.get(name)
  }

  sources(): ReadonlyMap<string, Source> {
    return new Map([...this.#tables].map(([name, { source }]) => [name, source]))
  }

  commands(): readonly Command[] {
    return [...this.#commands.values()]
  }

  async create(definition: Omit<Source, 'relation'>): Promise<Command> {
    const { command, ...kept } = await createSource(this.#owner, definition, this.#cluster)
    this.#tail(kept)
    return this.#noted(command)
  }

  async drop(name: string): Promise<Command> {
    const table = this.#tables.get(name)
    if (!table) throw new Error(`there is no table ${name}`)
    await table.loader.close()
    const command = await dropSource(this.#owner, table.source)
    this.#tables.delete(name)
    return this.#noted(command)
  }

  /** Notes a statement that found nothing to do. */
  async note(id: string, message: string): Promise<Command> {
    return this.#noted(await noteCommand(this.#owner, id, message))
  }

  async close(): Promise<void> {
    await Promise.all(this.tables().map(({ loader }) => loader.close()))
  }

  #tail(kept: KeptSource): void {
    const loader = startLoader(kept.source, rowStore(this.#owner, kept.source), this.#ports)
    this.#tables.set(kept.source.name, { ...kept, loader })
  }

  #noted(command: Command): Command {
    this.#commands.set(command.id, command)
    return command
  }
}
