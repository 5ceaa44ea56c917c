import type { Request, Response } from 'express'
import {
  type ConfigurationDesk,
  currentConfiguration,
} from '#apps/payment-proxy/configuration/desk'
import { idOf } from '#apps/payment-proxy/path-id'
import { Problem } from '#apps/platform/problem'
import type { ConfigurationVersion } from '#schemas/generated/types'
import { readJson } from '#schemas/values/json-text'
import { configurationName } from '#streams/payments/masked-configuration'

const limitDefault = 100
const limitMax = 1_000

/** Answers with the versions a configuration had, the newest first; `offset` and `limit` choose. */
export async function history(
  desk: ConfigurationDesk,
  request: Request,
  response: Response,
): Promise<void> {
  const id = idOf(request.params['id'])
  const { level, connector, tables } = desk
  const current = await currentConfiguration(desk, id)
  const name = configurationName({ level, connector: connector.name, subject_id: id })
  const versions = tables.versions
    .where('configuration', name)
    .map(({ value }) => value as unknown as ConfigurationVersion)
    .sort((one, other) => other.version - one.version)
  if (!current && versions.length === 0) {
    throw new Problem(404, `${connector.name} has no configuration of ${id} yet`)
  }
  const offset = countOf(request, 'offset') ?? 0
  const limit = Math.min(countOf(request, 'limit') ?? limitDefault, limitMax)
  response.json({
    total: versions.length,
    versions: versions
      .slice(offset, offset + limit)
      .map(({ version, active, updated_at, config }) => ({
        version,
        active,
        updated_at,
        config: readJson(config),
      })),
  })
}

function countOf({ query }: Request, name: string): number | undefined {
  const given = query[name]
  if (given === undefined) return undefined
  if (typeof given === 'string' && /^\d{1,9}$/.test(given)) return Number(given)
  throw new Problem(400, `${name} is no whole number`)
}
