import { startMypaySandbox } from '#connectors/mypay/sandbox'
import { delayed } from '#tests/bench/connectors/delayed'
import { type DelayedMypay, mypayBody } from '#tests/bench/connectors/mypay-body'
import { endWithParent } from '#tests/bench/engine/loop-spec'

/** MyPay's sandbox, with what a call takes in front of it. Prints `listening`. */
const { port, delayMs } = JSON.parse(process.env['MYPAY'] ?? '') as DelayedMypay
endWithParent()

const sandbox = await startMypaySandbox({ ...mypayBody, notify_secret: 'nobody-is-notified-here' })
await delayed({ port, to: Number(new URL(sandbox.url).port), delayMs })
process.stdout.write('listening\n')
