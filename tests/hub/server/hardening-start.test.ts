/** The hardening list of the hub (reliability, section 7): what it starts with. The numbers are the list's. */
import { describe, expect, it } from 'vitest'
import { readSettings } from '../../../hub/cli/settings.ts'

describe('11 secrets', () => {
  const good = { NODE_ENV: 'production', SPORTELLO_HUB_NAME: 'Hub', SPORTELLO_SMTP_URL: 'smtps://user:pass@mail.example.com', SPORTELLO_MAIL_FROM: 'sportello@example.com', DATABASE_URL: 'postgres://sportello_hub:7d8c1f0a9b@localhost/sportello' }
  it('what is only good enough to try things out is refused in production', () => {
    expect(readSettings({}, good, '1').config.production).toBe(true)
    for (const spoilt of [
      { DATABASE_URL: 'postgres://sportello_hub:changeme@localhost/sportello' },
      { DATABASE_URL: 'postgres://sportello_hub@localhost/sportello' },
      { DATABASE_URL: 'postgres://postgres:7d8c1f0a9b@localhost/sportello' },
      { DATABASE_URL: 'postgres://sportello_hub:7d8c1f0a9b@db.example.com/sportello' },
      { DATABASE_MIGRATION_URL: good.DATABASE_URL },
      { SPORTELLO_SMTP_URL: undefined },
      { SPORTELLO_HUB_NAME: undefined },
      { SPORTELLO_METRICS_TOKEN: 'short' },
    ])
      expect(() => readSettings({}, { ...good, ...spoilt }, '1'), JSON.stringify(spoilt)).toThrow()
  })
})
