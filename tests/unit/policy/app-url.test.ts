import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createManifest, resolveAppUrl } from '../../../electron/main/policy/app-url.ts'

const manifest = createManifest(['index.html', 'assets/main.js', 'assets/main.js.map', 'assets/inter.woff2', '.env'])

describe('the desk’s own protocol', () => {
  it.each([
    ['app://desk/', 'index.html', 'text/html; charset=utf-8'],
    ['app://desk/index.html?x#y', 'index.html', 'text/html; charset=utf-8'],
    ['app://desk/assets/main.js', 'assets/main.js', 'text/javascript; charset=utf-8'],
    ['app://desk/assets/../assets/inter.woff2', 'assets/inter.woff2', 'font/woff2'],
  ])('%s is a file of the renderer', (address, path, type) => expect(resolveAppUrl(address, manifest)).toEqual({ path, type }))

  it.each([
    'app://desk/../secret.js', 'app://desk/..%2f..%2fsecret.js', 'app://desk/%2e%2e/secret.js', 'app://desk/assets%2fmain.js', 'app://desk/assets\\..\\..\\secret.js', 'app://desk//index.html', 'app://desk/INDEX.html',
    'app://desk/index.html/', 'app://desk/index.html%00', 'app://desk/assets', 'app://desk/assets/', 'app://desk/assets/main.js.map', 'app://desk/.env', 'app://desk/constructor', 'app://evil/index.html', 'app://u@desk/index.html',
    'file:///index.html', 'https://desk/index.html', '',
  ])('%s is not', (address) => expect(resolveAppUrl(address, manifest)).toBeNull())

  it('answers only what is in the manifest', () => {
    fc.assert(fc.property(fc.webPath(), (path) => [null, 'index.html', 'assets/main.js', 'assets/inter.woff2'].includes(resolveAppUrl(`app://desk${path}`, manifest)?.path ?? null)))
  })
})
