import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import type { Environment } from '#apps/corrente/installation'
import { within } from '#apps/platform/deadline'
import { openObjectStore } from '#apps/platform/object-store/open-object-store'

const { ok, warning, problem } = findingsOf('object store')

const askMsMax = 10_000
const anonymousMsMax = 5_000

/** That the store of exports answers us, and a stranger not. Nothing is written. */
export async function checkObjectStore(env: Environment): Promise<readonly Finding[]> {
  if (!env['S3_BUCKET'] && !env['OBJECT_STORE_FOLDER']) {
    return [ok('S3_BUCKET is not set: no object store was examined')]
  }
  const { store } = await openObjectStore(env)
  try {
    const late = () => new Error(`nothing within ${askMsMax / 1_000} s`)
    await within(askMsMax, store.head('corrente-doctor/no-such-object'), late)
  } catch (error) {
    return [problem(storeRefusal(error))]
  } finally {
    await store.close()
  }
  const stranger = env['S3_BUCKET'] ? await asStranger(env) : []
  return [ok('the object store answers'), ...stranger]
}

/** Why it cannot be used, without what was sent there. */
export function storeRefusal(error: unknown): string {
  const { message } = error as Error
  if (message.includes('does not take our credentials')) {
    return 'the object store refuses S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or they may not read S3_BUCKET: correct them'
  }
  return `${message}: start the object store, or correct S3_ENDPOINT and S3_BUCKET`
}

/** What the store answers to somebody without a key who asks for the list of the bucket. */
async function asStranger(env: Environment): Promise<readonly Finding[]> {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket = '', S3_REGION: region = 'us-east-1' } = env
  const address =
    endpoint === undefined
      ? `https://${bucket}.s3.${region}.amazonaws.com/?list-type=2&max-keys=1`
      : `${endpoint.replace(/\/+$/, '')}/${bucket}?list-type=2&max-keys=1`
  const answer = await fetch(address, { signal: AbortSignal.timeout(anonymousMsMax) }).catch(
    () => undefined,
  )
  await answer?.body?.cancel()
  return answer?.status === 200
    ? [
        warning(
          'the bucket of S3_BUCKET is listed to anybody: receipts hold names and tax codes; block public access to it',
        ),
      ]
    : [ok('the bucket is not listed to strangers')]
}
