// @ts-check
import js from '@eslint/js';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

/** The areas of the app; each may import from itself and from `shared/` only. */
const AREAS = [
  'auth',
  'offers',
  'requests',
  'wallet',
  'disputes',
  'notifications',
  'members',
  'admin',
  'shell',
];

/** @param {...{ regex: string, message: string }} patterns */
const forbidImports = (...patterns) => ({
  '@typescript-eslint/no-restricted-imports': /** @type {const} */ (['error', { patterns }]),
});

const NODE_GLOBALS = {
  console: 'readonly',
  process: 'readonly',
  URL: 'readonly',
  setTimeout: 'readonly',
};

const ZOD_WHOLE = {
  regex: '^zod$',
  message: 'Import zod/mini: the whole of zod costs the browser 76 kB (docs/decisions.md).',
};

export default defineConfig(
  globalIgnores([
    '**/node_modules',
    'dist',
    '.angular',
    '.amplify',
    '.hourbank',
    'coverage',
    'cdk.out',
    'test-results',
    'playwright-report',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.js'],
    extends: [js.configs.recommended, prettier],
    languageOptions: { globals: NODE_GLOBALS },
  },
  {
    files: ['**/*.ts'],
    extends: [
      js.configs.recommended,
      ts.configs.strictTypeChecked,
      ts.configs.stylisticTypeChecked,
      prettier,
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-undef': 'off', // TypeScript knows
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      ...forbidImports(ZOD_WHOLE),
    },
  },
  {
    files: ['domain/**/*.ts'],
    rules: {
      ...forbidImports({
        regex: '^(?!\\./|zod/mini$)',
        message: 'domain/ imports nothing but itself and zod/mini (design.md, section 1).',
      }),
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time comes in as an argument.' },
        { object: 'Math', property: 'random', message: 'Chance comes in as an argument.' },
        { object: 'crypto', property: 'randomUUID', message: 'Ids come in as arguments.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Time comes in as an argument.',
        },
      ],
    },
  },
  {
    files: ['domain/**/*.spec.ts'],
    rules: forbidImports({
      regex: '^(?!\\./|zod/mini$|vitest$|fast-check$)',
      message: 'Tests of domain/ need nothing but domain/, vitest and fast-check.',
    }),
  },
  {
    files: ['local/**/*.ts'],
    rules: forbidImports(ZOD_WHOLE, {
      regex: '^(\\.\\./)+(domain|amplify|src|workflows|dev|e2e|bench)(/|$)',
      message: 'local/ knows AWS and nothing of time banks.',
    }),
  },
  {
    files: ['amplify/**/*.ts'],
    ignores: ['amplify/**/*.spec.ts'],
    rules: forbidImports(ZOD_WHOLE, {
      regex: '^(\\.\\./)+(src|local|dev|e2e|bench)(/|$)',
      message: 'amplify/ is built on domain/ only.',
    }),
  },
  {
    files: ['src/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-selector': [
        'error',
        { type: 'element', prefix: 'app', style: 'kebab-case' },
      ],
      '@angular-eslint/directive-selector': [
        'error',
        { type: 'attribute', prefix: 'app', style: 'camelCase' },
      ],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
    },
  },
  {
    files: ['src/**/*.html'],
    ignores: ['src/index.html'], // no template: what it says is said before the app and its translations are there
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
    rules: {
      '@angular-eslint/template/i18n': [
        'error',
        { checkId: false, checkText: true, checkAttributes: true, ignoreAttributes: IGNORED_ATTRIBUTES() },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/app/shared/api/**', 'src/**/*.spec.ts'],
    rules: forbidImports(ZOD_WHOLE, LEAVING_THE_APP(), EAGER_API()),
  },
  ...AREAS.map((area) => ({
    files: [`src/app/${area}/**/*.ts`],
    ignores: ['src/**/*.spec.ts'],
    rules: forbidImports(ZOD_WHOLE, LEAVING_THE_APP(), ...(area === 'shell' ? [EAGER_API()] : []), {
      regex: `^(\\.\\./)+(${AREAS.filter((other) => other !== area).join('|')})/`,
      message: 'Areas do not import each other; what two need lives in shared/.',
    }),
  })),
  {
    files: ['**/*.spec.ts', 'e2e/**/*.ts'],
    rules: {
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);

function LEAVING_THE_APP() {
  return {
    regex: '^(\\.\\./)+(amplify|local|dev|workflows|e2e|bench)(/|$)',
    message: "Only src/app/shared/api/ knows the backend's Schema type.",
  };
}

function EAGER_API() {
  return {
    regex: '^aws-amplify/(api|data)$',
    message: 'Only lazy areas (through shared/api) load the GraphQL client.',
  };
}

/** Attributes that no one reads. */
function IGNORED_ATTRIBUTES() {
  return [
    'accept',
    'align',
    'appearance',
    'aria-current',
    'aria-describedby',
    'aria-labelledby',
    'aria-live',
    'ariaCurrentWhenActive',
    'autocapitalize',
    'autocomplete',
    'color',
    'd',
    'enterkeyhint',
    'formControlName',
    'inputmode',
    'loading',
    'matButton',
    'matIconButton',
    'matInput',
    'matListItemIcon',
    'mode',
    'name',
    'rel',
    'routerLink',
    'routerLinkActive',
    'scope',
    'shape',
    'svgIcon',
    'tabindex',
    'translate',
    'type',
    'xPosition',
  ];
}
