import { readdirSync } from 'node:fs'
import { defineConfig, globalIgnores } from 'eslint/config'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import * as vueParser from './build/eslint/vue-parser.ts'

/**
 * Import zones of `docs/architecture.md`: who may import whom, each with what to use instead. Relative imports name every folder on the
 * way, so the folder in the path decides.
 * @param {string} folders @param {string} message
 */
const folder = (folders, message) => ({ regex: `(^|/)(${folders})/`, message })
const toHosts = folder('renderer|scripts|tests|electron/(main|preload|serve|hosts)', 'The core knows no host: take a port as an argument.')
// From inside electron/ the other folders there are reached without its name.
const toHostsBeside = folder('\\.\\./(main|preload|serve|hosts)', 'The core knows no host: take a port as an argument.')
// The core has a `hub/` of its own, with the calls about it: what lies in the server's is told by its names.
const inHub = readdirSync(new URL('hub', import.meta.url), { withFileTypes: true })
const hubFolders = inHub.filter((entry) => entry.isDirectory()).map(({ name }) => `${name}/`)
const hubFiles = inHub.filter((entry) => entry.isFile() && entry.name.endsWith('.ts')).map(({ name }) => `${name.replace('.', '\\.')}$`)
const toHub = { regex: `(^|/)hub/(${[...hubFolders, ...hubFiles].join('|')})`, message: 'The core knows no hub but by its address: what both need belongs into shared/.' }
const toHostNeighbours = (/** @type {string} */ others) => folder(`renderer|hub|${others}`, 'A host stands before the core: use electron/core and shared.')
const toCoreFromShared = folder('electron|renderer|hub|scripts|tests', 'shared/ is pure and knows nobody: move what you need into shared/.')
const toModel = folder('model', 'Only the core and the hub store records: use the row types of shared/domain/records.')
const toCoreFromRenderer = folder('electron|hub|scripts|shared/model', 'The renderer sees the core through its ports: call core.<area>.<call>().')
const toOurs = folder('shared|search|people|core|store', 'A migration is frozen: copy what it needs into it.')
const toOursFromHosts = folder('core|main|preload|serve|renderer|hub|shared', 'What both hosts share needs Node and nothing of ours.')
const toDeskFromHub = folder('electron|renderer|scripts|tests', 'The hub knows no desk: what both need belongs into shared/.')
const toAnything = folder('core|main|serve|hosts|renderer|hub', 'The preload passes strings on: it needs nothing of ours but contract types.')

const nodeModules = { group: ['node:*'], message: 'Not available here: this folder also runs in a browser. Put it behind a port.' }
const electronModule = { group: ['electron', 'electron/*'], message: 'Only electron/main and electron/preload may know Electron: put it behind the Shell port.' }
const vueModules = { group: ['vue', 'vue-*', 'pinia', 'vuetify', 'vuetify/*'], message: 'No interface code here.' }
const typeorm = { group: ['typeorm'], message: 'Only shared/model, electron/core and hub know the database: use a call.' }
/** @param {object[]} patterns */
const restricted = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] })

export default defineConfig(
  globalIgnores(['eslint.config.js', 'out', 'dist', 'node_modules', 'test-results', 'playwright-report', '**/*.d.ts']),
  tseslint.configs.strictTypeChecked,
  vue.configs['flat/recommended'],
  // For the lint of everything, as `npm run lint` asks for it.
  process.argv.includes('.') ? { files: ['**/*.vue'], languageOptions: { parser: vueParser } } : [],
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.config.js'] }, extraFileExtensions: ['.vue'], parser: tseslint.parser, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Named exports only: a name is the same everywhere.' }],
      'no-console': 'error',
      'no-eval': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-ignore': true, 'ts-expect-error': true, 'ts-nocheck': true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unsafe-type-assertion': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      // TypeORM declares the options of a schema as a class; a literal is how they are meant to be written.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Codes are ASCII: a spread string never splits a character.
      '@typescript-eslint/no-misused-spread': 'off',
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
      'vue/require-default-prop': 'off',
    },
  },
  { files: ['shared/**/*.ts'], ignores: ['shared/model/**'], rules: restricted(nodeModules, electronModule, vueModules, typeorm, toCoreFromShared, toModel) },
  { files: ['shared/model/**/*.ts'], rules: restricted(nodeModules, electronModule, vueModules, toCoreFromShared) },
  { files: ['renderer/**/*.{ts,vue}'], rules: restricted(nodeModules, electronModule, typeorm, toCoreFromRenderer) },
  { files: ['hub/**/*.ts'], rules: restricted(electronModule, vueModules, toDeskFromHub) },
  { files: ['hub/database/migrations/*.ts'], ignores: ['**/list.ts'], rules: restricted(electronModule, vueModules, toOurs) },
  { files: ['electron/core/**/*.ts'], rules: restricted(electronModule, vueModules, toHosts, toHostsBeside, toHub) },
  { files: ['electron/core/store/migrations/*.ts'], ignores: ['**/list.ts'], rules: restricted(electronModule, vueModules, toOurs) },
  { files: ['electron/hosts/**/*.ts'], rules: restricted(electronModule, vueModules, typeorm, toOursFromHosts) },
  { files: ['electron/serve/**/*.ts'], rules: restricted(electronModule, vueModules, toHostNeighbours('main|preload')) },
  { files: ['electron/main/**/*.ts'], rules: restricted(vueModules, toHostNeighbours('serve')) },
  { files: ['electron/preload/**/*.ts'], rules: restricted(nodeModules, vueModules, typeorm, toAnything) },
  { files: ['*.config.ts', '*.config.js', 'tests/e2e/global-setup.ts', '**/*.vue', 'renderer/src/env.d.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    // Types of one component seen from another are vue-tsc's to check: here they all read as `any`.
    files: ['**/*.vue', 'tests/renderer/kit/page/*.ts'],
    rules: Object.fromEntries(
      ['no-unsafe-assignment', 'no-unsafe-call', 'no-unsafe-member-access', 'no-unsafe-return', 'no-unsafe-argument', 'no-redundant-type-constituents', 'no-useless-default-assignment'].map((rule) => [`@typescript-eslint/${rule}`, 'off']),
    ),
  },
  // Vitest types what a global setup hands over by merging into its interface.
  { files: ['tests/support/hub-global-setup.ts'], rules: { '@typescript-eslint/consistent-type-definitions': 'off' } },
  {
    files: ['tests/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['it', 'test', 'describe'].flatMap((object) => ['only', 'skip', 'todo'].map((property) => ({ object, property, message: 'A test that does not run proves nothing.' }))),
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
)
