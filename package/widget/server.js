// Loaded where there is no DOM, so that pages which import the widget can be rendered on a server.
export {};
