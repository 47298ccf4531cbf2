import type { ShownWidget } from '../../cloudwatch/dashboard/show-dashboard.ts';

export type WidgetKind = ShownWidget['kind'];

export type WidgetOfKind<Kind extends WidgetKind> = Extract<ShownWidget, { readonly kind: Kind }>;
