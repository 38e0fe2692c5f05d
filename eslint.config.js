import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import functional from 'eslint-plugin-functional'
import tseslint from 'typescript-eslint'

const randomness = {
  object: 'Math',
  property: 'random',
  message: 'Draw from a seeded generator, so that a run can be repeated.',
}
const sharedSettings = ['config', 'set'].map((property) => ({
  object: 'BigNumber',
  property,
  message: 'Settings are shared with the host: use BigNumber.clone().',
}))

export default defineConfig(
  { ignores: ['build', 'coverage', 'dist'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: Object.fromEntries(
        ['Buffer', 'console', 'module', 'performance', 'process', 'setTimeout', 'URL'].map(
          (name) => [name, 'readonly'],
        ),
      ),
    },
    rules: { eqeqeq: 'error', 'no-var': 'error', 'prefer-const': 'error' },
  },

  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': 'off',
      // A fold that leaves most events alone says so with a `default`.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Node cannot import `fp-ts/Either` from an ES module, though tsc and Vitest accept it.
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'bignumber.js',
              allowImportNames: ['default'],
              message: 'Import the default.',
            },
          ],
          patterns: [
            { regex: '^fp-ts(?!/lib/\\w+\\.js$)', message: 'Write fp-ts/lib/<Module>.js.' },
            {
              regex: '^io-ts(?!$|/lib/\\w+\\.js$)',
              message: 'Write io-ts or io-ts/lib/<Module>.js.',
            },
          ],
        },
      ],
    },
  },

  {
    files: ['src/**/*.ts', '**/*.mjs'],
    rules: { 'max-lines': ['error', 350] },
  },

  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', randomness, ...sharedSettings],
    },
  },

  {
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: { 'no-restricted-globals': ['error', 'console', 'globalThis', 'process'] },
  },

  {
    // A numeric kernel that is slow without a `let` or a loop disables the one rule on the one line,
    // with the reason: `eslint-disable-next-line functional/no-let -- kernel: <reason>`.
    files: ['src/core/**/*.ts'],
    plugins: { functional },
    rules: {
      'functional/immutable-data': 'error',
      'functional/no-classes': 'error',
      'functional/no-let': 'error',
      'functional/no-loop-statements': 'error',
      'functional/no-this-expressions': 'error',
      'functional/no-throw-statements': 'error',
      'functional/no-try-statements': 'error',
      'no-restricted-globals': ['error', 'console', 'Date', 'globalThis', 'JSON', 'process'],
    },
  },
)
