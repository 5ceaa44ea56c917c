import { describe, expect, it } from 'vitest'
import { html } from '#apps/platform/html'

describe('a template', () => {
  it('escapes every value, in text and in attributes', () => {
    const text = `<script>alert("it's & more")</script>`
    expect(String(html`<a title="${text}">${text}</a>`)).toBe(
      '<a title="&lt;script&gt;alert(&quot;it&#39;s &amp; more&quot;)&lt;/script&gt;">' +
        '&lt;script&gt;alert(&quot;it&#39;s &amp; more&quot;)&lt;/script&gt;</a>',
    )
  })

  it('takes markup of its own as it is, lists, and nothing', () => {
    const item = (text: string) => html`<li>${text}</li>`
    const list = html`<ul>
      ${['a', '<b>'].map(item)}
    </ul>`
    const text = String(html`${list}${null}${undefined}${false}${0}`).replace(/\s/g, '')
    expect(text).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>0')
  })

  it('is not fooled by an object that only looks like markup', () => {
    const forged = { toString: () => '<b>' } as unknown as string
    expect(String(html`${forged}`)).toBe('&lt;b&gt;')
  })
})
