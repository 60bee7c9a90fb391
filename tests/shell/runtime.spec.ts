/** What only Electron itself can show. Chosen where a runtime is installed; it has not run where this was written. */
import { _electron } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readFuseWires } from '../../scripts/package/read-fuses.ts'
import { installedElectron } from '../../scripts/find-electron.ts'
import { wantedFuses } from '../../scripts/package/fuses.ts'
import { expect, onlyElectron, test } from './fixtures.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

function runtime(): string {
  const path = installedElectron()
  if (path === null) throw new Error('no Electron runtime is installed')
  return path
}

test.describe('the runtime itself', () => {
  test('keeps the page’s process in the sandbox of the system, without Node and apart from the preload', onlyElectron('the double has no processes of its own'), async () => {
    const electron = await _electron.launch({ executablePath: runtime(), args: [root, `--data-dir=${test.info().outputPath('data')}`] })
    try {
      const page = await electron.firstWindow()
      await page.waitForURL('app://desk/')
      const told = await electron.evaluate(({ app, BrowserWindow }) => {
        const pid = BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0
        return { pid, sandboxed: app.getAppMetrics().find((process) => process.pid === pid)?.sandboxed ?? null }
      })
      // Electron does not say it on Linux; the kernel does: 2 is a filter of system calls.
      if (process.platform === 'linux') expect(readFileSync(`/proc/${told.pid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m)
      else expect(told.sandboxed).toBe(true)
      expect(await page.evaluate(() => ['process', 'require', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in window))).toEqual([])
    } finally {
      await electron.close()
    }
  })

  test('has as many fuses as the desk states', onlyElectron('the double is no binary'), () => {
    // Flipped only in the packaged program: there `scripts/package/check-package.ts` compares each.
    for (const wire of readFuseWires(readFileSync(runtime()))) expect(wire).toHaveLength(wantedFuses.length)
  })
})
