import { defineConfig } from 'vitest/config'
import { rendererConfig } from './vite.config.ts'

/** Real databases need room: no test asserts a duration, this only catches a hang. */
const hang = 60_000
/** V8 was seen to stop a worker at a check of its own about code pages (SIGTRAP, `jit_page`); without protection keys it does not ask. */
const execArgv = ['--no-memory-protection-keys']

export default defineConfig({
  test: {
    testTimeout: hang,
    hookTimeout: hang,
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
      { extends: true, test: { name: 'core', include: ['tests/core/**/*.test.ts', 'tests/contract/**/*.test.ts'], pool: 'forks', execArgv } },
      // The hub on a real PostgreSQL, one for the run; `sync` puts real desks before it.
      { extends: true, test: { name: 'hub', include: ['tests/hub/**/*.test.ts'], pool: 'forks', execArgv, globalSetup: ['tests/support/hub-global-setup.ts'] } },
      { extends: true, test: { name: 'sync', include: ['tests/sync/**/*.test.ts'], pool: 'forks', execArgv, globalSetup: ['tests/support/hub-global-setup.ts'] } },
      // Reads what the build has made, and makes it if it is not current.
      { extends: true, test: { name: 'package', include: ['tests/package/**/*.test.ts'], pool: 'forks' } },
      { extends: true, plugins: rendererConfig.plugins, resolve: rendererConfig.resolve, test: { name: 'renderer', include: ['tests/renderer/**/*.test.ts'] } },
    ],
  },
})
