/** Item 9 of the hardening list (reliability, section 7): the hub asks nobody. Its database and its mail server are all it speaks to. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SnapshotPlan } from '../../../shared/sync/wire.ts'
import { oldestProtocol } from '../../../shared/sync/wire.ts'
import { addPerson, startTestHub, testDevice } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, loadRecords, north, rossi } from '../sync/records.ts'
import { startSmtp } from '../mail/smtp-stand-in.ts'

const root = join(import.meta.dirname, '../../..')
const hook = fileURLToPath(new URL('no-outward.ts', import.meta.url))

describe('9 what the sources of the hub may import', () => {
  const files = ['hub', 'shared'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name)))
  const sources = files.map((name) => ts.createSourceFile(name, readFileSync(join(root, name), 'utf8'), ts.ScriptTarget.Latest, true))
  /** With the values they take from it; types take nothing. */
  const imports = sources.flatMap((source) =>
    source.statements.filter(ts.isImportDeclaration).flatMap(({ importClause, moduleSpecifier }) => (importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword || !ts.isStringLiteral(moduleSpecifier) || moduleSpecifier.text.startsWith('.') ? [] : [{ file: source.fileName, from: moduleSpecifier.text }])),
  )
  it('is a list: of Node nothing that connects, but for a free port and the shape of an address', () => {
    const builtin = imports.filter(({ from }) => from.startsWith('node:'))
    const harmless = new Set(['node:child_process', 'node:crypto', 'node:fs', 'node:fs/promises', 'node:module', 'node:os', 'node:path', 'node:process', 'node:stream', 'node:stream/promises', 'node:util', 'node:timers/promises', 'node:events', 'node:buffer', 'node:url', 'node:worker_threads'])
    expect(builtin.filter(({ from }) => !harmless.has(from)).map(({ file, from }) => `${file} ${from}`).toSorted()).toEqual(['hub/cli/settings.ts node:net', 'hub/database/embedded.ts node:net'].map((text) => text.replace(/^\S+/, (path) => join(...path.split('/')))))
  })
  it('is a list: packages that serve, that keep, and the one that sends mail', () => {
    const packages = [...new Set(imports.filter(({ from }) => !from.startsWith('node:')).map(({ from }) => from))]
    const known = new Set(['@node-rs/argon2', 'fastify', 'libphonenumber-js/min', 'nodemailer', 'pg', 'pg-boss', 'pg-copy-streams', 'prom-client', 'typeorm', 'zod'])
    expect(packages.filter((name) => !known.has(name))).toEqual([])
  })
  it('and no word of the language asks either', () => {
    const asking: string[] = []
    const words = new Set(['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'require', 'eval'])
    const every = (node: ts.Node): ts.Node[] => [node, ...node.getChildren().flatMap(every)]
    for (const source of sources) {
      const nodes = every(source)
      // A name of the file's own is not the global one.
      const own = new Set(nodes.flatMap((node) => ((ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node)) && node.name && ts.isIdentifier(node.name) ? [node.name.text] : [])))
      for (const node of nodes) {
        if (ts.isIdentifier(node) && words.has(node.text) && !own.has(node.text) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node && node.parent.expression.getText() !== 'globalThis')) asking.push(`${source.fileName} ${node.text}`)
        if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) asking.push(`${source.fileName} import()`)
      }
    }
    expect(asking).toEqual([])
  })
})

describe('9 a hub whose ways out are closed', () => {
  let beside: TestHub
  let smtp: Awaited<ReturnType<typeof startSmtp>>
  let child: ChildProcess
  let folder: string
  let said = ''
  let url = ''
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sportello-outward-'))
    beside = await startTestHub({ now: new Date().toISOString(), modules: [] })
    await loadRecords(beside.database)
    await beside.database.asOwner(`UPDATE customer SET email = 'maria.prova@posta.example', email_state = 'ok'`)
    smtp = await startSmtp()
    const allowed = [beside.database.url, smtp.url].map((text) => new URL(text)).map(({ hostname, port }) => `${hostname}:${port}`)
    child = spawn(process.execPath, ['--import', pathToFileURL(hook).href, fileURLToPath(new URL('child-hub.ts', import.meta.url)), beside.database.url, smtp.url, folder], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, SPORTELLO_TEST_ALLOWED: allowed.join(',') } })
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(said)))
      child.stderr?.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        const port = /port (\d+)/.exec(said)?.[1]
        if (port === undefined) return
        url = `http://127.0.0.1:${port}`
        resolve()
      })
    })
  })
  afterAll(async () => {
    child.kill('SIGKILL')
    await smtp.stop()
    await beside.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('takes operations, gives changes, a snapshot, a file and mail, and asks nobody', async () => {
    const actor = await addPerson(beside, { username: 'anna', role: 'supervisor' })
    const desk = await addDesk(beside, { actor, territories: [north] })
    const wire = testDevice({ url, clock: { ...beside.clock, now: () => new Date() } }, desk.id, desk.privateKey)
    const session = await wire.signIn('anna')
    const opened = desk.openTicket(rossi.id)
    const operations = [opened, desk.write('ticket.take', { ticketId: opened.opId }), desk.write('ticket.answer', { ticketId: opened.opId, text: 'Risposta' })]
    const pushed = await wire.call('/v1/push', { method: 'POST', body: desk.request(operations) })
    expect(pushed).toMatchObject({ status: 200, body: { receipts: operations.map(() => ({ outcome: 'applied' })) } })
    expect(await wire.call(`/v1/changes?feedId=${desk.state.feedId}&after=0&protocol=${oldestProtocol}`)).toMatchObject({ status: 200 })
    const plan = (await wire.call('/v1/snapshot', { method: 'POST', body: { protocol: oldestProtocol, scopes: null } })).body as SnapshotPlan
    const page = await wire.signedFetch(`/v1/snapshot/page?token=${encodeURIComponent(plan.token)}`)
    expect([page.status, (await page.text()).includes('#table')]).toEqual([200, true])
    expect((await wire.call('/v1/checksums')).status).toBe(200)
    expect((await wire.call('/v1/lookup', { method: 'POST', session, body: { code: '011842', name: '', birthDay: '', town: '', phone: '', reason: 'caller' } })).status).toBeLessThan(500)
    expect((await wire.call('/v1/administration/exports', { method: 'POST', session, body: {} })).status).toBe(200)
    await beside.database.asOwner(`INSERT INTO pgboss.job (name) VALUES ('acquisition')`)
    await expect.poll(async () => (await beside.database.asOwner(`SELECT state FROM pgboss.job WHERE name = 'acquisition'`))[0]?.['state'], { timeout: 40_000 }).toBe('completed')
    await expect.poll(() => smtp.received.length, { timeout: 40_000 }).toBe(1)
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await gone).toEqual([0, null])
    expect(said.split('\n').filter((line) => line.startsWith('outward'))).toEqual([])
  })

  it.each([
    ['fetch', `await fetch('http://203.0.113.1/').catch(() => {})`, 'outward 203.0.113.1:80'],
    ['a name', `await fetch('https://example.org/').catch(() => {})`, 'outward'],
    ['a socket', `(await import('node:net')).connect(443, '203.0.113.1').on('error', () => {})`, 'outward 203.0.113.1:443'],
    ['TLS', `(await import('node:tls')).connect({ host: '203.0.113.1', port: 465 }).on('error', () => {})`, 'outward 203.0.113.1:465'],
    ['a resolver', `(await import('node:dns')).promises.resolveMx('example.org').catch(() => {})`, 'outward dns example.org'],
    ['a datagram', `(await import('node:dgram')).createSocket('udp4').send('x', 53, '203.0.113.1')`, 'outward datagram'],
  ])('would be seen: %s', async (_what, code, seen) => {
    const asking = spawn(process.execPath, ['--import', pathToFileURL(hook).href, '--input-type=module', '-e', `${code}; setTimeout(() => process.exit(0), 0)`], { stdio: ['ignore', 'ignore', 'pipe'] })
    let told = ''
    asking.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
    await once(asking, 'close')
    expect(told).toContain(seen)
  })
})
