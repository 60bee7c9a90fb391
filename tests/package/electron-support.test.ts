import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pinnedElectron, supportProblem } from '../../scripts/package/electron-support.ts'
import { projectRoot } from '../../scripts/package/places.ts'

const published = ['44.0.0', '45.3.0', '45.4.1', '45.10.0', '46.0.0', '47.0.0-beta.1', '47.0.0']

describe('the pinned Electron', () => {
  it('is supported while it is one of the newest three majors, and current while nothing came after it', () => {
    expect(supportProblem('45.10.0', published)).toBeNull()
    expect(supportProblem('45.4.1', published)).toBe('Electron 45.4.1 lacks the repairs of 45.10.0')
    expect(supportProblem('44.0.0', published)).toBe('Electron 44 gets no repairs any more; the newest is 47')
    expect(supportProblem('45.99.0', published)).toBe('Electron 45.99.0 is not a published version')
    expect(supportProblem('47.0.0', published.filter((version) => !version.startsWith('44')))).toBeNull()
  })

  it('is one exact version, and that of the types', () => {
    const { version } = JSON.parse(readFileSync(join(projectRoot, 'node_modules/electron/package.json'), 'utf8')) as { version: string }
    expect(pinnedElectron()).toBe(version)
  })

  it('is not older than the repairs that the shell relies on', () => expect(Number(pinnedElectron().split('.')[0])).toBeGreaterThanOrEqual(45))
})
