import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openRaw } from '../../../electron/core/store/cipher.ts'
import { doublePorts, exchange } from '../../support/hub-desk.ts'
import { loadMasterData, rossi } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import { filled, kept, released, subjectsOf, ticket, unconfirmed } from './desks.ts'

describe('the copy that is kept when a desk joins', () => {
  it('holds what was here, and nobody waits for it', async () => {
    const hub = await filled()
    const core = kept(await createTestCore({ load: loadMasterData, hub: doublePorts(hub) }))
    await core.call('tickets', 'open', ticket('prima'))
    const joining = core.call('hub', 'join', { address: 'https://hub.example', code: '12345678' })
    for (let turn = 0; turn < 3; turn++) expect(await core.call('tickets', 'open', ticket(`durante ${turn}`))).toMatchObject({ ok: true })
    expect(await joining).toMatchObject({ ok: true })
    expect(await exchange(core)).toBe(null)
    expect(unconfirmed(core)).toBe(0)
    expect(subjectsOf(hub)).toEqual(['durante 0', 'durante 1', 'durante 2', 'prima'])
    const copy = openRaw(join(core.dataDir, 'copies', 'before-joining.db'), core.core.desk.bulkParts().key, 'read')
    expect(copy.prepare('SELECT 1 FROM customer WHERE id = ?').pluck().get(rossi.id)).toBe(1)
    expect(copy.prepare(`SELECT count(*) FROM ticket WHERE subject = 'prima'`).pluck().get()).toBe(1)
    copy.close()
  })
})

describe('a desk whose hub no longer knows it', () => {
  it('goes on as it was when a new code is not right', async () => {
    const hub = await filled()
    const first = kept(await createTestCore({ hub: doublePorts(hub) }))
    await first.call('hub', 'join', { address: 'https://hub.example', code: '12345678' })
    expect(await exchange(first)).toBe(null)
    hub.devices.clear()
    await first.core.close()
    const core = kept(await createTestCore({ dataDir: first.dataDir, deskNumber: 4, hub: doublePorts(hub) }))
    released(first)
    await exchange(core)
    expect(await core.call('hub', 'join', { address: 'https://hub.example', code: '00000000' })).toMatchObject({ ok: false, error: { code: 'code_invalid' } })
    await exchange(core)
    expect(await core.call('hub', 'status', {})).toMatchObject({ ok: true, value: { state: 'refused' } })
    expect(await core.call('tickets', 'open', ticket('si lavora'))).toMatchObject({ ok: true })
    expect(await core.call('hub', 'join', { address: 'https://hub.example', code: '12345678' })).toMatchObject({ ok: true })
    expect(await exchange(core)).toBe(null)
    expect(subjectsOf(hub)).toEqual(['si lavora'])
  })
})
