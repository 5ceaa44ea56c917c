/** `name@version`, as templates are called everywhere. */
export interface TemplatePin {
  readonly name: string
  readonly version: number
}

const pinForm = /^([a-z][a-z0-9-]{0,39})@([1-9][0-9]{0,3})$/

export const pinText = ({ name, version }: TemplatePin): string => `${name}@${version}`

/** Undefined where no template can be called so. */
export function pinIn(text: string): TemplatePin | undefined {
  const [, name, version] = pinForm.exec(text) ?? []
  return name === undefined ? undefined : { name, version: Number(version) }
}

/** Where templates lie in the object store. */
export const templatesPrefix = 'templates/'
const stemOf = ({ name, version }: TemplatePin) => `${templatesPrefix}${name}/${version}`

export const templateKey = (pin: TemplatePin): string => `${stemOf(pin)}.json`

/** An object that is there once the version was withdrawn. */
export const withdrawalKey = (pin: TemplatePin): string => `${stemOf(pin)}.withdrawn`

/** Which template an object is, or withdraws; undefined of any other object. */
export function templateIn(
  key: string,
): { readonly pin: TemplatePin; readonly isWithdrawal: boolean } | undefined {
  const [, name = '', version = '', ending] =
    /^templates\/([^/]+)\/(\d+)\.(json|withdrawn)$/.exec(key) ?? []
  const pin = pinIn(`${name}@${version}`)
  return pin && { pin, isWithdrawal: ending === 'withdrawn' }
}
