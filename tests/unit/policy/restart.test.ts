import { describe, expect, it } from 'vitest'
import { restartWith } from '../../../electron/main/policy/restart.ts'

describe('what the desk is started again with', () => {
  it('is what it was started with', () => {
    expect(restartWith(['--data-dir=/dati', '--hidden'], undefined)).toEqual({ args: ['--data-dir=/dati', '--hidden'] })
    expect(restartWith([], '')).toEqual({ args: [] })
  })

  it.each(['sportello://caller/0612345678', 'SPORTELLO://caller/0612345678', '"sportello://caller/0612345678"', ' sportello:caller', 'sportello:'])('never holds a link: %j', (link) => {
    expect(restartWith(['--data-dir=/dati', '--', link], undefined).args).toEqual(['--data-dir=/dati', '--'])
    expect(restartWith([link, link], '/opt/Sportello.AppImage').args.join(' ')).not.toMatch(/sportello:/i)
  })

  it('never holds a link file', () => expect(restartWith(['--data-dir=/dati', '--', '/home/ada/x.sportello', '/home/ada/x.SPORTELLO'], undefined).args).toEqual(['--data-dir=/dati', '--']))

  it('is the AppImage’s own file, unpacked, however often', () => {
    const once = restartWith(['--data-dir=/dati'], '/opt/Sportello.AppImage')
    expect(once).toEqual({ args: ['--appimage-extract-and-run', '--data-dir=/dati'], execPath: '/opt/Sportello.AppImage' })
    expect(restartWith(once.args, '/opt/Sportello.AppImage')).toEqual(once)
  })
})
