import type {
  IncomingHttpHeaders,
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from 'node:http'
import { problemAnswer, send } from '#apps/debit-edge/answers/answer'
import type { Asked } from '#apps/debit-edge/routes/asked'
import { problemOf } from '#apps/platform/problem'
import type { RequestShell } from '#apps/platform/request-shell'
import type { TraceRequest } from '#apps/platform/tracing/traced-requests'

interface FrontOptions {
  /** What is POSTed to exactly these paths is answered here. */
  readonly routes: ReadonlyMap<string, Asked>
  /** Throws where nobody who may ask does. */
  readonly admit: (headers: IncomingHttpHeaders) => void
  readonly shell: RequestShell
  readonly traced: TraceRequest
  /** Answers everything else, and the same paths where anything else is asked of them. */
  readonly behind: RequestListener
}

const noParams = {}

/**
 * The routes most requests go to, in front of express and answered as it would: it makes objects of its own of each
 * request and answer, and whatever is done with those takes several times as long from then on. Measured with 64
 * connections on `/debito`: 71 µs of processor time for a request here, 199 µs through express.
 */
export function inFront({ routes, admit, shell, traced, behind }: FrontOptions): RequestListener {
  return (request, response) => {
    const path = request.url ?? ''
    const answer = request.method === 'POST' ? routes.get(path) : undefined
    if (!answer) return behind(request, response)
    const request_id = shell.begin(request, response, () => path)
    const serve = async () => {
      admit(request.headers)
      await answer(request, response, { path, params: noParams })
    }
    traced(request, response, { routeOf: () => path, serve }).catch((error: unknown) => {
      const problem = problemOf(error)
      shell.note(problem, error, { request_id, route: path, method: 'POST' })
      refuse(request, response, problem)
    })
  }
}

function refuse(
  { url = '' }: IncomingMessage,
  response: ServerResponse,
  problem: ReturnType<typeof problemOf>,
): void {
  if (response.headersSent) return void response.destroy()
  for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value)
  send(response, problemAnswer(problem, url))
}
