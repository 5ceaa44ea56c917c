import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { formIo } from '#apps/payment-proxy/configuration/form-io'
import { examplepay } from '#connectors/examplepay/index'
import { field, secret } from '#ports/configuration-form'
import { wholeForm } from '#streams/payments/validate-configuration'

type Component = Readonly<Record<string, unknown>> & { readonly key: string }

const componentsOf = (form: z.ZodObject | undefined) => {
  const { display, components } = formIo(form!) as { display: string; components: Component[] }
  expect(display).toBe('form')
  return new Map(components.map((component) => [component.key, component]))
}
const tenant = componentsOf(wholeForm(examplepay, 'TENANT'))
const service = componentsOf(wholeForm(examplepay, 'SERVICE'))

describe('a form of Form.io', () => {
  it('begins with the id, carried along and not shown', () => {
    expect([...tenant.values()][0]).toEqual({
      key: 'id',
      type: 'textfield',
      input: true,
      label: 'Id of the public body',
      placeholder: '',
      description: '',
      hidden: true,
      tableView: false,
      validate: { required: true },
      attributes: { readonly: true },
    })
    expect(service.get('tenant_id')).toMatchObject({ hidden: true, attributes: { readonly: true } })
  })

  it('has what every intermediary is given, then the members of the connector', () => {
    expect([...tenant.keys()]).toEqual([
      'id',
      'name',
      'IPA_code',
      'tax_identification_number',
      'allowed_hosts',
      'base_url',
      'api_key',
      'notify_secret',
      'timeout_ms',
    ])
    expect([...service.keys()]).toEqual([
      'id',
      'tenant_id',
      'payment_type',
      'remote_collection',
      'amount',
      'reason',
      'expire_at',
      'receiver',
      'collection_data',
      'split',
      'due_type',
      'iban',
    ])
  })

  it('says what must be filled in, and with what it begins', () => {
    expect(tenant.get('name')).toMatchObject({ validate: { required: true }, attributes: {} })
    expect(tenant.get('IPA_code')).toMatchObject({ validate: { required: false } })
    expect(tenant.get('timeout_ms')).toMatchObject({ type: 'number', defaultValue: 3_000 })
    expect(tenant.get('name')).not.toHaveProperty('defaultValue')
  })

  it('has a component for each kind of member', () => {
    expect(tenant.get('base_url')?.['type']).toBe('url')
    expect(service.get('payment_type')).toMatchObject({
      type: 'select',
      defaultValue: 'PAGOPA',
      data: { values: [{ value: 'PAGOPA' }, { value: 'STAMP' }] },
    })
    expect(service.get('amount')?.['type']).toBe('number')
    expect(service.get('reason')).toMatchObject({ type: 'textfield', hidden: false })
    expect(service.get('receiver')).toMatchObject({
      type: 'container',
      components: [{ key: 'tax_identification_number' }, { key: 'name' }],
    })
    expect(service.get('split')).toMatchObject({
      type: 'datagrid',
      initEmpty: true,
      components: expect.arrayContaining([
        expect.objectContaining({ key: 'split_amount', type: 'number' }),
      ]) as unknown,
    })
    expect(tenant.get('allowed_hosts')).toMatchObject({ type: 'textfield', multiple: true })
    expect(service.get('remote_collection')).toMatchObject({ type: 'container', hidden: true })
  })

  it('never shows a secret', () => {
    expect(tenant.get('api_key')).toMatchObject({ type: 'password', tableView: false })
  })

  it('takes what is not told in words of its own', () => {
    const form = z.object({
      is_on: z.boolean(),
      note: field(z.string().nullish(), { label: 'Note', placeholder: 'x', description: 'y' }),
      word: secret(z.string(), { label: 'Word' }).optional(),
    })
    const components = componentsOf(form)
    expect(components.get('is_on')).toMatchObject({ type: 'checkbox', label: 'is_on' })
    expect(components.get('note')).toMatchObject({ placeholder: 'x', description: 'y' })
    expect(components.get('note')?.['validate']).toEqual({ required: false })
    expect(components.get('word')).toMatchObject({
      type: 'password',
      validate: { required: false },
    })
  })
})
