import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { openStoreOf, storeHelp } from '#apps/corrente/store-place'
import { checkedByPrinting, jsonFile, nameOf } from '#apps/corrente/templates'
import { publishTemplate } from '#apps/platform/published-templates'
import { RejectedError } from '#core/errors'
import type { ObjectStore } from '#ports/object-store'
import type { Template } from '#ports/templates'

const options = {
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

/** Puts a template where exports find it. */
export const templatesPublish: Command = {
  name: 'templates publish',
  summary: 'put a template into the object store, for all exports that are asked for from now on',
  help: `corrente templates publish <file> [--json] [--port-base <n>]

Checks a template as templates check does, prints a document of made-up values by it in each of its languages, and puts it
into the object store as the name and version in it say. From then on exports can be made by it; those that are asked for by
its name alone are, if no higher version is there. A published version never changes: the same file again does nothing, another one is
refused. corrente templates withdraw rolls it back.

${storeHelp}

Exit code 1: the template is wrong, or there is another one of its name and version.`,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) throw new UsageError('say which file, and one only')
    const { bytes, value } = jsonFile(file)
    const { template, problems } = checkedByPrinting(value)
    if (!template) {
      problems.forEach((problem) => report(problem))
      return 1
    }
    const objects = await openStoreOf(values['port-base'])
    try {
      return await publish(objects, { template, bytes, isJson: values.json })
    } finally {
      await objects.close()
    }
  },
}

interface Publishing {
  readonly template: Template
  /** It, as it is written. */
  readonly bytes: Uint8Array
  readonly isJson: boolean
}

async function publish(
  objects: ObjectStore,
  { template, bytes, isJson }: Publishing,
): Promise<number> {
  const pin = nameOf(template)
  try {
    const { isNew, current } = await publishTemplate(objects, template, bytes)
    if (isJson) print(JSON.stringify({ template: pin, is_new: isNew, current: current ?? null }))
    else {
      const done = isNew ? 'is published' : 'was published before, the same'
      print(`${pin} ${done}; ${template.name} alone is ${current}`)
    }
    return 0
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    report(error.message)
    return 1
  }
}
