import { parseArgs } from 'node:util'
import { type Command, print, report } from '#apps/corrente/command'
import { hasStore, openStoreOf, storeHelp } from '#apps/corrente/store-place'
import { languagesOf } from '#apps/corrente/templates'
import { pinnedTemplates } from '#apps/platform/pinned-templates'
import { templateVersions } from '#apps/platform/published-templates'
import { pinText } from '#apps/platform/template-pin'
import { RejectedError } from '#core/errors'
import type { ObjectStore } from '#ports/object-store'
import type { Template } from '#ports/templates'

const options = {
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

/** What documents can be made by. */
export const templatesList: Command = {
  name: 'templates list',
  summary: 'the templates of documents, those of the platform and those that were published',
  help: `corrente templates list [--json] [--port-base <n>]

Shows each template, its languages, and the fields a record has for it: those in brackets may be absent. Who asks for one
by its name alone gets the version that is current: the highest that is not withdrawn. docs/templates.md says how to write one.

${storeHelp} Without any, those are shown that come with the platform.`,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options })
    const portBase = values['port-base']
    const store = hasStore(portBase) ? await openStoreOf(portBase) : undefined
    if (!store) report('no object store is named: these come with the platform')
    try {
      const listed = await listedIn(store ?? emptyStore)
      if (values.json) print(JSON.stringify(listed))
      else listed.flatMap(linesOf).forEach(print)
      return 0
    } finally {
      await store?.close()
    }
  },
}

const emptyStore: Pick<ObjectStore, 'list' | 'get'> = {
  async *list() {},
  get: async () => undefined,
}

type Listed = Awaited<ReturnType<typeof listedIn>>[number]

async function listedIn(objects: Pick<ObjectStore, 'list' | 'get'>) {
  const templateOf = pinnedTemplates(objects)
  const { signal } = new AbortController()
  const versions = await templateVersions(objects)
  return Promise.all(
    versions.map(async ({ from, state, ...pin }) => {
      const template = pinText(pin)
      const told = await toldOf(templateOf(template, signal))
      return { template, from, state, ...told }
    }),
  )
}

async function toldOf(reading: Promise<Template>) {
  try {
    const template = await reading
    return { languages: languagesOf(template), fields: template.fields }
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    return { problems: error.message.split('\n') }
  }
}

function linesOf(listed: Listed): readonly string[] {
  const { template, from, state } = listed
  const origin = from === 'platform' ? 'of the platform' : 'published'
  const head = (what: string) => `${template}  ${what}  (${origin}, ${state})`
  if ('problems' in listed)
    return [head('cannot be used'), ...listed.problems.map((one) => `  ${one}`)]
  const names = Object.entries(listed.fields).map(([name, { required }]) =>
    required ? name : `[${name}]`,
  )
  return [head(listed.languages.join(' ')), `  ${names.join(' ')}`]
}
