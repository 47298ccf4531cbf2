// All lines share one grid cell, which is as large as the widest. The inner box stays a grid even if
// the page changes the host's `display`. The paragraph's text-indent must not apply to each line.
const CSS = `[role]~*{visibility:hidden}:host(:not([hidden])){display:inline-grid;text-indent:0}:host>*{display:grid}:host>*>*{grid-area:1/1}[part=active]{display:inline-block}`;

/**
 * The default style of all elements. A constructed stylesheet, because a strict
 * Content-Security-Policy blocks style elements.
 */
export const sheet = new CSSStyleSheet();
sheet.replaceSync(CSS);
