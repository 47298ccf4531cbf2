const FRAMEWORKS = ['react', 'preact', 'solid', 'vue', 'svelte'];

// Servers have no DOM: Node.js, Deno and Bun; Cloudflare's workers; the edge runtime of Next.js.
const entry = (types: string) => ({
  types: `./widget/${types}.d.ts`,
  node: './widget/server.js',
  worker: './widget/server.js',
  'edge-light': './widget/server.js',
  default: './widget/widget.js',
});

/**
 * The widget's part of the package's `exports`. Each module registers the element in a browser and does
 * nothing on a server; those of the frameworks also add the element to the framework's types.
 */
export const WIDGET_EXPORTS: Readonly<Record<string, unknown>> = {
  './widget.js': entry('widget'),
  ...Object.fromEntries(FRAMEWORKS.map((name) => [`./${name}`, entry(name)])),
  './custom-elements.json': './widget/custom-elements.json',
};
