import type { Plan } from '#apps/corrente/conformance/plan'

const tenant_id = 'a4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a60'

/** A stranger's proxy, nothing being known of its intermediary. */
export const examplePlan: Plan = {
  proxy: 'https://proxy.example',
  tenant: { id: tenant_id, name: 'Comune di Bugliano' },
  service: { id: '7e6b2f90-54d1-4a5e-9d0c-2b8f7c1e4d33', tenant_id },
  token: 'a-token',
  origin: 'https://servizi.comune.example',
  landingPage: 'https://servizi.comune.example/pratiche/{id}',
  amount: '1.00',
  patienceMs: 1_000,
  settleMs: 10,
  intermediary: {},
}
