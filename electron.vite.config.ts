import { fileURLToPath } from 'node:url'
import { defineConfig } from 'electron-vite'
import { rendererConfig } from './vite.config.ts'
import { leftOut, nativePackages } from './scripts/package/app-files.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: false,
      // Everything but the native packages is in the bundle: what is packed is a short list (scripts/package/app-files.ts).
      externalizeDeps: false,
      rolldownOptions: {
        external: [...nativePackages, ...leftOut],
        input: {
          main: at('electron/main/main.ts'),
          // Worker threads: import-extracts.ts starts them as files beside itself, so every chunk lies in one folder.
          'import-worker': at('electron/core/import/import-worker.ts'),
          'fold-worker': at('electron/core/import/fold-worker.ts'),
          'migrate-worker': at('electron/core/store/migrate-worker.ts'),
          'upkeep-worker': at('electron/core/store/upkeep-worker.ts'),
          'snapshot-worker': at('electron/core/sync/snapshot-worker.ts'),
        },
        output: { format: 'es', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      sourcemap: false,
      // A sandboxed preload is CommonJS and may not load packages of its own.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('electron/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: rendererConfig,
})
