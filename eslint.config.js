import tseslint from 'typescript-eslint'

const noSideEffects = [
  { name: 'fetch', message: 'a processor is pure: ask through a port, in a task' },
  { name: 'process', message: 'a processor is pure: it knows no environment' },
  { name: 'setTimeout', message: 'the clock enters only as records' },
  { name: 'setInterval', message: 'the clock enters only as records' },
]

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'dist/',
      'schemas/generated/',
      '.corrente/',
      'bin/',
      'streams/core/native/build.cjs',
      'streams/core/native/build/',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false } },
      ],
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      'max-depth': ['error', 3],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      'max-params': ['error', 4],
    },
  },
  {
    files: ['**/*.test.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: ['streams/*/**/*.ts'],
    ignores: ['streams/core/**', 'streams/ports/**', '**/*.test.ts', '**/samples.ts'],
    rules: {
      'no-restricted-globals': ['error', ...noSideEffects],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'the clock enters only as records' },
        { object: 'Math', property: 'random', message: 'use newId' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'the clock enters only as records',
        },
      ],
    },
  },
  { files: ['*.js'], extends: [tseslint.configs.disableTypeChecked] },
)
