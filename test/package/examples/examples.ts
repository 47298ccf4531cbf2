/** How an example is built, and what the result contains. */
export interface Example {
  readonly name: string;
  /** The program that builds it; without one, npm installs it and runs its `build`. */
  readonly program?: string;
  /** A glob of the built files. */
  readonly built: string;
  readonly contains: readonly string[];
}

const ELEMENT = '<session-counter';
const API = 'https://API';
const REGISTRATION = 'customElements.define(';

/** The examples that something builds. */
export const EXAMPLES: readonly Example[] = [
  {
    name: 'cdk-app',
    built: 'cdk.out/*.template.json',
    contains: ['https://blog.example.com', 'https://shop.example.com'],
  },
  {
    name: 'resume-site',
    built: 'cdk.out/*.template.json',
    contains: ['/counter/sessions*', '{{resolve:secretsmanager:'],
  },
  {
    name: 'astro',
    built: 'dist/**/*.{html,js}',
    contains: [`${ELEMENT} api="${API}"`, REGISTRATION],
  },
  {
    name: 'next',
    built: '.next/{server/app,static}/**/*.{html,js}',
    contains: [`${ELEMENT} api="${API}"`, REGISTRATION],
  },
  {
    name: 'hugo',
    program: 'hugo',
    built: 'public/index.html',
    contains: [ELEMENT, `src="${API}/widget.js"`],
  },
];
