import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  notificationEnvironment,
  notificationSettingsOf,
} from '#apps/platform/notification-settings'
import { parsed } from '#apps/platform/settings'

const settingsOf = (env: Readonly<Record<string, string>>) =>
  notificationSettingsOf(parsed(z.object(notificationEnvironment), env))
const smtp = {
  SMTP_URL: 'smtps://user:hidden@mail.body.example',
  SMTP_FROM: 'no-reply@body.example',
}
const secret = 'an-example-secret-of-32-characters'

describe('the settings of notifications', () => {
  it('name nobody where nothing is said', () => {
    expect(settingsOf({})).toEqual({
      smtp: undefined,
      webhooks: { webhooks: [] },
      giveUpAfterMs: 86_400_000,
    })
  })

  it('name a mail server, and webhooks with a secret or two', () => {
    const { smtp: server, webhooks } = settingsOf({
      ...smtp,
      NOTIFICATION_WEBHOOKS: 'archive=https://a.example/hook?key=1=2, other=http://127.0.0.1:1/',
      NOTIFICATION_WEBHOOK_SECRETS: `archive:${secret},archive:${secret}2,other:${secret}`,
    })
    expect(server).toEqual({ url: smtp.SMTP_URL, from: smtp.SMTP_FROM, tls: 'on' })
    expect(webhooks.webhooks).toEqual([
      { name: 'archive', url: 'https://a.example/hook?key=1=2', secrets: [secret, `${secret}2`] },
      { name: 'other', url: 'http://127.0.0.1:1/', secrets: [secret] },
    ])
  })

  it.each([
    [{ SMTP_URL: smtp.SMTP_URL }, 'SMTP_FROM is not set: say who mails are from'],
    [{ ...smtp, SMTP_FROM: 'Body' }, 'SMTP_FROM: is no e-mail address such as name@body.example'],
    [{ ...smtp, SMTP_URL: 'http://mail' }, 'SMTP_URL: is no smtp://host:587 or smtps://host:465'],
    [{ ...smtp, SMTP_TLS: 'off' }, 'SMTP_TLS: is for smtp://: smtps:// is TLS'],
    [{ ...smtp, SMTP_CA_FILE: '/none.pem' }, 'SMTP_CA_FILE: /none.pem cannot be read (ENOENT)'],
    [{ NOTIFICATION_WEBHOOKS: 'https://a.example' }, 'NOTIFICATION_WEBHOOKS: is no <name>=<url>,…'],
    [
      { NOTIFICATION_WEBHOOKS: 'archive=https://a.example' },
      'NOTIFICATION_WEBHOOK_SECRETS has no secret of archive',
    ],
    [
      { NOTIFICATION_WEBHOOK_SECRETS: `archive:${secret}` },
      'NOTIFICATION_WEBHOOK_SECRETS: there is no webhook archive',
    ],
    [
      {
        NOTIFICATION_WEBHOOKS: 'Archive=https://a.example',
        NOTIFICATION_WEBHOOK_SECRETS: `Archive:${secret}`,
      },
      'NOTIFICATION_WEBHOOKS: is no name such as archive',
    ],
  ])('are refused in a sentence: %j', (env, sentence) => {
    expect(() => settingsOf(env)).toThrow(sentence)
  })

  it('are never repeated where they may hold a secret', () => {
    for (const env of [
      { ...smtp, SMTP_URL: 'smtp:// user:hidden@x' },
      { NOTIFICATION_WEBHOOKS: 'hidden' },
      { NOTIFICATION_WEBHOOK_SECRETS: 'archive:hidden' },
    ]) {
      let told = ''
      try {
        settingsOf(env)
      } catch (error) {
        told = String(error)
      }
      expect(told).toMatch(/^SettingsError/)
      expect(told).not.toContain('hidden')
    }
  })
})
