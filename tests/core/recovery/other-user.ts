/** Opens a desk as a user of the computer who may read its folder and not write to it; says what the desk says. Root becomes nobody first. */
import { createTestCore } from '../../support/test-core.ts'
import { anna } from './damaged-desk.ts'

const [, , dataDir = ''] = process.argv
const nobody = 65_534
if (process.getuid?.() === 0) process.seteuid?.(nobody)
const core = await createTestCore({ dataDir, signIn: false })
const status = await core.call('recovery', 'status', {})
const session = await core.call('session', 'status', {})
const entered = await core.call('session', 'signIn', anna)
process.stdout.write(JSON.stringify({ state: status.ok ? status.value.state : null, session: session.ok ? session.value.recovery : null, entered: entered.ok ? 'in' : entered.error.code }))
await core.core.close()
