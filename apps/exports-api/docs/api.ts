import { operations } from '#apps/exports-api/docs/operations'
import { schemas } from '#apps/exports-api/docs/schemas'
import { type Api, type ApiOperation, answered, text } from '#apps/platform/api-docs/api'
import { plainProblem } from '#apps/platform/api-docs/every-app'

/** What links lead to, where the store does not serve them itself. */
const objects = (path: string): ApiOperation => ({
  method: 'get',
  path: `${path}/*key`,
  isOpen: true,
  summary: 'What a link leads to: the link is all that is needed, until it is over',
  parameters: [
    { name: 'Range', in: 'header', schema: text('A part of it', { examples: ['bytes=0-1023'] }) },
  ],
  answers: {
    200: { description: 'all of it', type: '*/*' },
    206: { description: 'the part that was asked for', type: '*/*' },
    304: { description: 'it is as the one who asks has it' },
    416: { description: 'there is no such part' },
  },
  problems: { 403: 'a link that was not made here, or is over', 404: 'it is not there any more' },
})

/** What the API of exports serves; with `objectsPath`, what its links lead to as well. */
export const exportsDocs = (objectsPath?: string): Api => ({
  title: 'exports',
  description:
    'Movements of a batch as one CSV, or as an archive of one document each. What is answered 202 is on the log, and is done though this service, or any other part, is restarted.',
  operations: objectsPath === undefined ? operations : [...operations, objects(objectsPath)],
  schemas,
  ids: { key: { type: 'string' } },
  token: 'a token of this service; which tenants it is for, the settings say',
  problem: answered(
    {
      ...plainProblem.properties,
      known: {
        type: 'array',
        items: { type: 'string' },
        description: 'What would have been taken',
      },
    },
    { optional: ['code', 'pointer', 'known'], description: 'RFC 9457; `code` is for programs' },
  ),
})
