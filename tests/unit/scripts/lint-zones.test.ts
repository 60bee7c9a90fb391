/** Who may import whom, as docs/architecture.md says: asked of the linter's own configuration. */
import { readdirSync } from 'node:fs'
import { ESLint, Linter } from 'eslint'
import { beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../../scripts/package/places.ts'

type Zone = { readonly file: string; readonly refused: readonly string[]; readonly allowed: readonly string[] }

const hubParts = readdirSync(new URL('../../../hub', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() || entry.name.endsWith('.ts'))
  .map((entry) => (entry.isDirectory() ? `hub/${entry.name}/x.ts` : `hub/${entry.name}`))
const interfaces = ['vue', 'vue-router', 'pinia', 'vuetify', 'vuetify/components']
const electron = ['electron', 'electron/main']

const zones: readonly Zone[] = [
  {
    file: 'shared/domain/x.ts',
    refused: ['node:fs', 'typeorm', ...electron, ...interfaces, '../../electron/core/core.ts', '../../electron/main/ipc.ts', '../../renderer/src/host.ts', '../../scripts/build.ts', '../../tests/support/test-core.ts', '../model/models.ts', ...hubParts.map((part) => `../../${part}`)],
    allowed: ['zod', './result.ts', '../contract/index.ts'],
  },
  { file: 'shared/model/x.ts', refused: ['node:fs', ...electron, ...interfaces, '../../electron/core/core.ts', '../../hub/main.ts'], allowed: ['typeorm', '../domain/records/tables.ts', './models.ts'] },
  ...['renderer/src/features/tickets/x.ts', 'renderer/src/features/tickets/X.vue'].map((file) => ({
    file,
    refused: ['node:fs', 'typeorm', ...electron, '../../../../electron/core/core.ts', '../../../../electron/main/ipc.ts', '../../../../scripts/build.ts', '../../../../shared/model/models.ts', ...hubParts.map((part) => `../../../../${part}`)],
    allowed: ['vue', 'pinia', '../../core-client.ts', '../../../../shared/contract/index.ts'],
  })),
  {
    file: 'electron/core/sync/x.ts',
    refused: [...electron, ...interfaces, '../../main/ipc.ts', '../../preload/preload.ts', '../../serve/serve.ts', '../../hosts/page-headers.ts', '../../../electron/main/ipc.ts', '../../../renderer/src/host.ts', '../../../scripts/build.ts', '../../../tests/support/test-core.ts', ...hubParts.map((part) => `../../../${part}`)],
    allowed: ['node:fs', 'typeorm', '../hub/hub-request.ts', '../store/store.ts', '../../../shared/sync/wire.ts', '../../../shared/model/models.ts'],
  },
  { file: 'electron/core/core.ts', refused: [...electron, '../main/ipc.ts', '../serve/serve.ts', ...hubParts.map((part) => `../../${part}`)], allowed: ['./hub/hub-handlers.ts', './hub/administration-handlers.ts', './sync/desk-hub.ts'] },
  { file: 'electron/core/store/migrations/0099-x.ts', refused: ['../../../../shared/domain/ids.ts', '../../search/search-schema.ts', '../../people/key-slots.ts', ...electron], allowed: [] },
  { file: 'electron/hosts/x.ts', refused: ['typeorm', ...electron, ...interfaces, '../core/core.ts', '../main/ipc.ts', '../serve/serve.ts', '../../renderer/src/host.ts', '../../hub/main.ts', '../../shared/contract/index.ts'], allowed: ['node:fs'] },
  { file: 'electron/serve/x.ts', refused: [...electron, ...interfaces, '../main/ipc.ts', '../preload/preload.ts', '../../renderer/src/host.ts', ...hubParts.map((part) => `../../${part}`)], allowed: ['node:http', '../core/core.ts', '../hosts/page-headers.ts', '../../shared/contract/index.ts'] },
  { file: 'electron/main/x.ts', refused: [...interfaces, '../serve/serve.ts', '../../renderer/src/host.ts', ...hubParts.map((part) => `../../${part}`)], allowed: ['electron', 'node:fs', '../core/core.ts', '../hosts/page-headers.ts', '../../shared/contract/index.ts'] },
  { file: 'electron/preload/x.ts', refused: ['node:fs', 'typeorm', ...interfaces, '../core/core.ts', '../main/channels.ts', '../serve/serve.ts', '../../renderer/src/host.ts', '../../hub/main.ts'], allowed: ['electron', '../../shared/contract/events.ts'] },
  { file: 'hub/sync/x.ts', refused: [...electron, ...interfaces, '../../electron/core/core.ts', '../../renderer/src/host.ts', '../../scripts/build.ts', '../../tests/support/hub-app.ts'], allowed: ['pg', 'fastify', 'node:fs', '../server/app.ts', '../../shared/sync/wire.ts', '../../shared/model/models.ts'] },
  { file: 'hub/database/migrations/0099-x.ts', refused: ['../../../shared/domain/ids.ts', ...electron], allowed: [] },
]

describe('the linter', () => {
  const rules = new Map<string, Linter.RuleEntry>()
  beforeAll(async () => {
    const eslint = new ESLint({ cwd: projectRoot })
    for (const { file } of zones) {
      const config = (await eslint.calculateConfigForFile(file)) as { readonly rules: Readonly<Record<string, Linter.RuleEntry>> }
      const rule = config.rules['no-restricted-imports']
      if (rule !== undefined) rules.set(file, rule)
    }
  })
  const complaints = (file: string, module: string): number => {
    const rule = rules.get(file)
    if (rule === undefined) throw new Error(`${file} is in no zone`)
    return new Linter().verify(`import { x } from '${module}'\nx()\n`, [{ rules: { 'no-restricted-imports': rule } }]).length
  }

  it.each(zones)('lets $file import nothing that is not its own affair', ({ file, refused, allowed }) => {
    expect(refused.filter((module) => complaints(file, module) === 0)).toEqual([])
    expect(allowed.filter((module) => complaints(file, module) > 0)).toEqual([])
  })
})
