import { afterAll, beforeAll, describe, inject } from 'vitest'
import { badIntermediary, refusingCore, surprisingMoney } from '#tests/end-to-end/bad-answers'
import { badApplications, badRecords } from '#tests/end-to-end/bad-records'
import { badRequests } from '#tests/end-to-end/bad-requests'
import { statusApp } from '#tests/end-to-end/status-app'
import { statusPage } from '#tests/end-to-end/status-page'
import { openScene, type Scene } from '#tests/scene'

let scene: Scene
let close = async (): Promise<void> => undefined
beforeAll(async () => {
  ;({ scene, close } = await openScene(inject('stack')))
})
afterAll(() => close())
const sceneOf = () => scene

describe('records', () => badRecords(sceneOf))
describe('applications', () => badApplications(sceneOf))
describe('the intermediary', () => badIntermediary(sceneOf))
describe('money', () => surprisingMoney(sceneOf))
describe('the Core', () => refusingCore(sceneOf))
describe('requests', () => badRequests(sceneOf))
describe('the status app', () => statusPage(sceneOf))
describe('the status app in a browser', () => statusApp(sceneOf))
