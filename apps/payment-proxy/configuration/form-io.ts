import { z } from 'zod'
import { type Member, membersOf } from '#ports/configuration-form'

type Component = Readonly<Record<string, unknown>>

/** A form as Form.io renders it, from the schema that what is typed into it is held against. */
export const formIo = (form: z.ZodObject): object => ({
  display: 'form',
  components: componentsOf(form),
})

const componentsOf = (form: z.ZodObject): readonly Component[] => membersOf(form).map(componentOf)

function componentOf(member: Member): Component {
  const { name, field, isRequired, defaultValue } = member
  return {
    key: name,
    input: true,
    label: field.label,
    placeholder: field.placeholder ?? '',
    description: field.description ?? '',
    hidden: field.isHidden ?? false,
    tableView: !field.isHidden && !field.isSecret,
    validate: { required: isRequired },
    // Written out as false it would be read as set: in HTML the name alone is enough.
    attributes: field.isReadOnly ? { readonly: true } : {},
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...shapeOf(member),
  }
}

/** The kind of the component, and what goes with it. */
function shapeOf({ schema, field, isRequired }: Member): Component {
  if (field.isSecret) return { type: 'password', autocomplete: 'new-password' }
  if (field.isHidden && !(schema instanceof z.ZodObject)) return { type: 'textfield' }
  const kind = plain(schema)
  if (kind instanceof z.ZodObject) return { type: 'container', components: componentsOf(kind) }
  if (kind instanceof z.ZodArray) {
    const item = kind.element
    if (!(item instanceof z.ZodObject)) return { type: 'textfield', multiple: true }
    const components = componentsOf(item)
    // Without this an empty row would be there, and be sent.
    return { type: 'datagrid', components, initEmpty: !isRequired }
  }
  if (kind instanceof z.ZodEnum) {
    const values = kind.options.map((value) => ({ label: String(value), value }))
    return { type: 'select', dataSrc: 'values', data: { values } }
  }
  if (kind instanceof z.ZodBoolean) return { type: 'checkbox' }
  if (kind instanceof z.ZodNumber || field.input === 'number') return { type: 'number' }
  if (kind instanceof z.ZodURL) return { type: 'url' }
  return { type: 'textfield' }
}

/** What comes out at the end, where something is done to the input first. */
const plain = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodPipe && !(schema.out instanceof z.ZodTransform)
    ? plain(schema.out as z.ZodType)
    : schema
