import type { Catalog } from '#apps/ksql-standin/catalog'
import { genericError, queryEndpointError, statementError } from '#apps/ksql-standin/sql/ksql-error'
import { quoted } from '#apps/ksql-standin/sql/identifier'
import type { Source } from '#apps/ksql-standin/sql/source'
import type { CreateTable, Statement } from '#apps/ksql-standin/sql/syntax'
import { type CreatePorts, sourceOf } from '#apps/ksql-standin/statements/create-table'
import { currentStatus, type Entity, warning } from '#apps/ksql-standin/statements/entities'
import { show, type ShowPorts } from '#apps/ksql-standin/statements/show'

export interface StatementPorts extends CreatePorts, ShowPorts {
  readonly catalog: Catalog
}

/** A statement that was looked at and may be executed. */
type Step = () => Promise<Entity>

type Drop = Extract<Statement, { kind: 'drop' }>

/**
 * Executes statements in order and answers what each gives. All are looked at first: where one is refused nothing is
 * executed. Throws KsqlError.
 */
export async function runStatements(
  statements: readonly Statement[],
  ports: StatementPorts,
): Promise<readonly Entity[]> {
  const names = new Set(ports.catalog.sources().keys())
  const steps: Step[] = []
  for (const statement of statements) steps.push(await stepOf(statement, names, ports))
  const entities: Entity[] = []
  for (const step of steps) entities.push(await step())
  return entities
}

/** `names` are the tables that there will be when it is the statement's turn. */
async function stepOf(
  statement: Statement,
  names: Set<string>,
  ports: StatementPorts,
): Promise<Step> {
  switch (statement.kind) {
    case 'select':
    case 'print':
      throw queryEndpointError(statement.text)
    case 'refused':
      throw statement.error
    case 'createTable':
      return createStep(statement, names, ports)
    case 'drop':
      return dropStep(statement, names, ports)
    case 'describe':
      if (!names.has(statement.source)) {
        throw statementError(`there is no source ${statement.source}`, statement.text)
      }
      return () => show(statement, ports)
    case 'describeAll':
    case 'show':
      return () => show(statement, ports)
  }
}

async function createStep(
  create: CreateTable,
  names: Set<string>,
  ports: StatementPorts,
): Promise<Step> {
  const { catalog } = ports
  const definition: Omit<Source, 'relation'> = await sourceOf(create, ports)
  const { name, statement } = definition
  const isThere = names.has(name)
  if (isThere && !create.isIfNotExists) {
    throw statementError(`a table ${quoted(name)} is there already`, statement)
  }
  if (isThere) {
    const message = `Cannot add table ${quoted(name)}: A table with the same name already exists.`
    return async () => warning(create.text, message)
  }
  names.add(name)
  return async () => currentStatus(statement, await catalog.create(definition))
}

async function dropStep(
  drop: Drop,
  names: Set<string>,
  { catalog }: StatementPorts,
): Promise<Step> {
  const { source, text, what } = drop
  const isThere = names.has(source)
  if (!isThere && drop.isIfExists) {
    const message = `Source ${quoted(source)} does not exist.`
    const id = `${what.toLowerCase()}/${source}/drop`
    return async () => currentStatus(text, await catalog.note(id, message))
  }
  if (!isThere) throw statementError(`there is no source ${source}`, text)
  if (what === 'STREAM') throw statementError(`${source} is a table`, text)
  if (drop.isTopicDeleted) throw genericError('the topic of a source table is not deleted')
  names.delete(source)
  return async () => currentStatus(text, await catalog.drop(source))
}
