import { describe, expect, it } from 'vitest'
import { composed, type MessageTemplate } from '#streams/notifications/message-template'

const texts = {
  subject: 'For {{name}}',
  text: 'Dear {{name}},\n{{count}} files: {{page}}\n',
  html: '<p title="{{name}}">{{name}}, {{count}}</p><a href="{{page}}">here</a>',
}
const template: MessageTemplate = {
  name: 'example',
  version: 1,
  links: ['page'],
  texts: { 'es-PE': texts, 'es-CO': texts, 'pt-BR': texts, 'it-IT': texts, en: texts },
}
const page = 'https://body.example/exports/1?a=1&b=2'
const made = (changes: object, language = 'en') =>
  composed(template, language, JSON.stringify({ name: 'Ada', count: 3, page, ...changes }))
const codeOf = (make: () => unknown) => {
  try {
    make()
    return undefined
  } catch (error) {
    const { code, message } = error as { readonly code: string; readonly message: string }
    return `${code}: ${message}`
  }
}

describe('a message', () => {
  it('is its template with the variables in their places', () => {
    expect(made({})).toMatchObject({
      language: 'en',
      subject: 'For Ada',
      text: `Dear Ada,\n3 files: ${page}\n`,
    })
    expect(made({}).html).toContain('<p title="Ada">Ada, 3</p>')
  })

  it('is a page that says its language', () => {
    expect(made({}, 'pt-BR').html).toContain('<html lang="pt-BR">')
  })

  it('shows what was given as it was given, and never as HTML', () => {
    const name = `<script>"a" & 'b'</script>`
    const { text, html } = made({ name })
    expect(text).toContain(`Dear ${name},`)
    const shown = '&#60;script&#62;&#34;a&#34; &#38; &#39;b&#39;&#60;/script&#62;'
    expect(html).toContain(`<p title="${shown}">${shown}, 3</p>`)
    expect(html).toContain('<a href="https://body.example/exports/1?a=1&#38;b=2">')
  })

  it('has one line of subject, whatever a variable holds', () => {
    const { subject, text } = made({ name: 'Ada\r\nBcc: other@body.example\u2028\u202e!' })
    expect(subject).toBe('For Ada Bcc: other@body.example !')
    expect(text.split('\n')[0]).toBe('Dear Ada Bcc: other@body.example !,')
  })

  it('takes a variable for text: what is in it is no place and no pattern', () => {
    expect(made({ name: '{{count}} $& $1' }).subject).toBe('For {{count}} $& $1')
  })

  it('passes over what its template does not want', () => {
    expect(made({ other: { deep: [1] } }).subject).toBe('For Ada')
  })

  it.each([
    ['not given', undefined],
    ['null', null],
  ])('is refused where a variable is %s, and says which', (_what, name) => {
    expect(codeOf(() => made({ name }))).toBe('missing-variable: the variable name is missing')
  })

  it('may have a variable that is empty', () => expect(made({ name: '' }).subject).toBe('For '))

  it('takes no variable from where all objects have theirs', () => {
    const odd = { ...texts, text: '{{constructor}}' }
    const other = { ...template, texts: { ...template.texts, en: odd } }
    expect(codeOf(() => composed(other, 'en', '{"name":"Ada","count":1}'))).toBe(
      'missing-variable: the variable constructor is missing',
    )
  })

  it.each([1.5, true, {}, ['Ada'], 2 ** 60])('is refused where one is %j', (name) => {
    expect(codeOf(() => made({ name }))).toBe(
      'malformed-variable: the variable name is no text or whole number',
    )
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', '/exports/1', 'https://', ''])(
    'is refused where an address is %j',
    (address) => {
      expect(codeOf(() => made({ page: address }))).toBe(
        'malformed-variable: the variable page is no http or https address',
      )
    },
  )

  it.each(['[]', '"Ada"', '1', 'null'])('is refused where the variables are %s', (data) => {
    expect(codeOf(() => composed(template, 'en', data))).toBe(
      'malformed-data: the variables are no object',
    )
  })

  it.each(['de', 'es', 'EN', '', 'constructor'])('is refused in %j', (language) => {
    expect(codeOf(() => made({}, language))).toBe(
      'unknown-language: there is no such language; there are es-PE, es-CO, pt-BR, it-IT, en',
    )
  })
})
