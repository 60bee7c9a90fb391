import { describe, expect, it } from 'vitest'
import { createManifest, resolveAppUrl } from '../../../electron/main/policy/app-url.ts'
import { decideNavigation } from '../../../electron/main/policy/navigation.ts'
import { decideOpen } from '../../../electron/main/policy/open-external.ts'
import { isTrustedSender } from '../../../electron/main/policy/sender.ts'
import { deniedAddresses, deniedFiles } from './corpus.ts'

const manifest = createManifest(['index.html', 'assets/main.js', 'assets/main.js.map', 'assets/inter.woff2', '.env', 'package.json', 'demo.json', 'etc/passwd'])

describe('the corpus of addresses', () => {
  it('has at least 200 entries, each once', () => {
    expect(deniedAddresses.length).toBeGreaterThanOrEqual(200)
    expect(new Set([...deniedAddresses, ...deniedFiles]).size).toBe(deniedAddresses.length + deniedFiles.length)
  })

  it.each(deniedAddresses)('%j: no window goes there, no file is served, no program is started, no message is heard', (address) => {
    expect(decideNavigation(address), 'navigation').toBe('deny')
    expect(resolveAppUrl(address, manifest), 'protocol').toBeNull()
    expect(decideOpen(address), 'outside').toBeNull()
    expect(isTrustedSender({ address, isTop: true, isOurs: true }), 'sender').toBe(false)
  })

  it.each(deniedFiles)('%j: no file is served, no program is started', (address) => {
    expect(resolveAppUrl(address, manifest), 'protocol').toBeNull()
    expect(decideOpen(address), 'outside').toBeNull()
  })
})
