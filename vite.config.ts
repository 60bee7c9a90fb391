import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { UserConfig } from 'vite'
import { precompiledLocales } from './build/vite/locales.ts'
import { deskTokens } from './build/vite/tokens.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/**
 * The renderer's build: one bundle for both hosts, made for a content security policy without inline script,
 * inline style or `eval`.
 */
export const rendererConfig = {
  root: at('renderer'),
  base: './',
  publicDir: false,
  plugins: [
    // Long static runs would be inserted as HTML text with style attributes, which the policy refuses.
    vue({ template: { compilerOptions: { hoistStatic: false } }, features: { optionsAPI: false } }),
    deskTokens(at('renderer/src/ui/theme/tokens.css')),
    precompiledLocales(at('shared/locales')),
  ],
  resolve: {
    alias: [{ find: /^vue-i18n$/, replacement: 'vue-i18n/dist/vue-i18n.runtime.mjs' }],
  },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    outDir: at('out/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { input: at('renderer/index.html') },
  },
} satisfies UserConfig

export default rendererConfig
