import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleBody, exampleConfiguration } from '#connectors/iris/example-configuration'
import { iris } from '#connectors/iris/index'
import { startIrisSandbox, type IrisSandbox } from '#connectors/iris/sandbox'
import { exampleAddresses, exampleOnlinePayment, examplePayment } from '#sandboxes/example-payment'
import type { Configuration } from '#ports/intermediary'

/**
 * What we rely on of IRIS, held against the sandbox and, where it is told, against a real test system: IRIS_CONTRACT is
 * a file of JSON with the forms of a tenant and of a digital service, `{ "tenant": …, "service": … }`, as an administrator
 * fills them in. No money can move: pendencies of one euro are put in and withdrawn, and no page is paid at.
 */
const { IRIS_CONTRACT } = process.env
let sandbox: IrisSandbox
beforeAll(async () => {
  sandbox = await startIrisSandbox(exampleBody)
})
afterAll(() => sandbox.stop())

interface Target {
  readonly name: string
  /** Called while its tests run, when the sandbox is there. */
  readonly configurationOf: () => Configuration
}

const ours: Target = { name: 'the sandbox', configurationOf: () => exampleConfiguration(sandbox) }

/** The real system; none, and the reason printed, where the environment names none. */
function real(): readonly Target[] {
  if (IRIS_CONTRACT === undefined) {
    process.stdout.write('the contract of IRIS: no real system is asked, set IRIS_CONTRACT\n')
    return []
  }
  const configuration = JSON.parse(readFileSync(IRIS_CONTRACT, 'utf8')) as Configuration
  return [{ name: 'a real system', configurationOf: () => configuration }]
}

const newIud = () => randomUUID().replaceAll('-', '')
const now = () => new Date().toISOString().replace(/\.\d+/, '')
const inAWeek = () => new Date(Date.now() + 7 * 24 * 3_600_000).toISOString().replace(/\.\d+/, '')

describe.each([ours, ...real()])('$name', { timeout: 30_000 }, ({ configurationOf }) => {
  const connected = () => iris.connect(configurationOf())
  const requestFor = (iud: string) => {
    const payment = examplePayment({ iud, amount: 100, expire_at: inAWeek() })
    return iris.composeOpening({ ...payment, created_at: now() }, configurationOf())
  }
  const open = (iud: string) => connected().openDebtPosition(requestFor(iud), exampleAddresses)

  it('takes our credentials, and knows no payment of nobody', async () => {
    await iris.probe!(configurationOf()).tryCredentials(AbortSignal.timeout(10_000))
    expect(await connected().findSettlement(newIud())).toEqual({ state: 'pending' })
  })

  it('does not take another password', async () => {
    const { tenant, service } = configurationOf()
    const other = { tenant: { ...(tenant as object), password: 'nobody has this one' }, service }
    const signal = AbortSignal.timeout(10_000)
    await expect(iris.probe!(other).tryCredentials(signal)).rejects.toThrow()
  })

  it('takes a pendency under a number of ours, and lets it be withdrawn', async () => {
    await iris.probe!(configurationOf()).openAndCancel!(AbortSignal.timeout(20_000))
  })

  it('has a pendency once, however often it is told', async () => {
    const iud = newIud()
    const first = await open(iud)
    expect(await open(iud)).toEqual(first)
    expect(await connected().findDebtPosition(requestFor(iud))).toEqual(first)
    expect(await connected().findSettlement(iud)).toEqual({ state: 'pending' })
  })

  it('opens another page at each click, of a pendency that is there', async () => {
    const iud = newIud()
    await open(iud)
    const payment = exampleOnlinePayment(100, { iud, expire_at: inAWeek(), created_at: now() })
    const begin = async () => (await connected().beginOnlinePayment(payment)).url
    expect(await begin()).not.toBe(await begin())
  })
})
