import { defineConfig, globalIgnores } from 'eslint/config'
import { importX } from 'eslint-plugin-import-x'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

/** Import zones of `docs/architecture.md`: who may import whom, each with what to use instead. */
const zones = [
  zone('shared', ['electron', 'renderer', 'hub', 'scripts', 'tests'], 'shared/ is pure and knows nobody: move what you need into shared/.'),
  zone('shared/!(model)/**', ['shared/model'], 'Only the core and the hub store records: use the row types of shared/domain/records.'),
  zone('renderer', ['electron', 'hub', 'scripts', 'shared/model'], 'The renderer sees the core through its ports: call core.<area>.<call>().'),
  zone('electron/core', ['electron/main', 'electron/preload', 'electron/serve', 'renderer', 'hub', 'scripts'], 'The core knows no host: take a port as an argument.'),
  zone('electron/serve', ['electron/main', 'electron/preload', 'renderer', 'hub'], 'A host stands before the core: use electron/core and shared.'),
  zone('electron/main', ['electron/serve', 'renderer', 'hub'], 'A host stands before the core: use electron/core and shared.'),
  zone('electron/preload', ['electron/core', 'electron/main', 'electron/serve', 'renderer', 'hub'], 'The preload passes strings on: it needs nothing of ours but contract types.'),
  zone('hub', ['electron', 'renderer'], 'The hub shares operations and models with the desk, not code: use shared/.'),
  zone('electron/core/store/migrations', ['shared', 'electron/core/search', 'electron/core/people'], 'A migration is frozen: copy what it needs into it.'),
]
/** @param {string} target @param {string[]} from @param {string} message */
function zone(target, from, message) {
  return { target: `./${target}`, from: from.map((folder) => `./${folder}`), message }
}

const nodeModules = { group: ['node:*'], message: 'Not available here: this folder also runs in a browser. Put it behind a port.' }
const electronModule = { group: ['electron', 'electron/*'], message: 'Only electron/main and electron/preload may know Electron: put it behind the Shell port.' }
const vueModules = { group: ['vue', 'vue-*', 'pinia', 'vuetify', 'vuetify/*'], message: 'No interface code here.' }
const typeorm = { group: ['typeorm'], message: 'Only shared/model, electron/core and hub know the database: use a call.' }
/** @param {{ group: string[], message: string }[]} patterns */
const restricted = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] })

export default defineConfig(
  globalIgnores(['eslint.config.js', 'out', 'dist', 'node_modules', 'test-results', 'playwright-report', '**/*.d.ts']),
  tseslint.configs.strictTypeChecked,
  vue.configs['flat/recommended'],
  {
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.config.js'] }, extraFileExtensions: ['.vue'], parser: tseslint.parser, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-default-export': 'error',
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
  { files: ['shared/**/*.ts'], ignores: ['shared/model/**'], rules: restricted(nodeModules, electronModule, vueModules, typeorm) },
  { files: ['shared/model/**/*.ts'], rules: restricted(nodeModules, electronModule, vueModules) },
  { files: ['renderer/**/*.{ts,vue}'], rules: restricted(nodeModules, electronModule, typeorm) },
  { files: ['electron/core/**/*.ts', 'electron/serve/**/*.ts'], rules: restricted(electronModule, vueModules) },
  { files: ['electron/main/**/*.ts'], rules: restricted(vueModules) },
  { files: ['electron/preload/**/*.ts'], rules: restricted(nodeModules, vueModules, typeorm) },
  { files: ['*.config.ts', '*.config.js', 'tests/e2e/global-setup.ts', '**/*.vue', 'renderer/src/env.d.ts'], rules: { 'import-x/no-default-export': 'off' } },
  {
    // Types of one component seen from another are vue-tsc's to check: here they all read as `any`.
    files: ['**/*.vue', 'tests/renderer/kit/page/*.ts'],
    rules: Object.fromEntries(
      ['no-unsafe-assignment', 'no-unsafe-call', 'no-unsafe-member-access', 'no-unsafe-return', 'no-unsafe-argument', 'no-redundant-type-constituents', 'no-useless-default-assignment'].map((rule) => [`@typescript-eslint/${rule}`, 'off']),
    ),
  },
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
