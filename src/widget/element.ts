import { elements } from './counters-on-page.ts';
import { update } from './page-counter.ts';
import { createView } from './view.ts';

/** `<session-counter>`: counts and shows a counter of the page. Never throws an error into the page. */
export class SessionCounter extends HTMLElement {
  static observedAttributes = ['counter'];

  show = createView(this);

  connectedCallback(): void {
    elements.add(this);
    update([this]);
  }

  attributeChangedCallback(): void {
    update([this]);
  }

  disconnectedCallback(): void {
    elements.delete(this);
  }
}
