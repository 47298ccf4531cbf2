/** The syntax tree of an expression of metric math. Positions are counted from 1. */
export type MathNode =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'id'; readonly id: string; readonly at: number }
  | { readonly kind: 'keyword'; readonly name: string; readonly at: number }
  | { readonly kind: 'list'; readonly items: readonly MathNode[]; readonly at: number }
  | { readonly kind: 'minus'; readonly operand: MathNode; readonly at: number }
  | MathOperation
  | MathCall;

/** A binary operator with its operands. */
export interface MathOperation {
  readonly kind: 'operation';
  readonly operator: string;
  readonly left: MathNode;
  readonly right: MathNode;
  readonly at: number;
}

/** A call of a function. */
export interface MathCall {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly MathNode[];
  readonly at: number;
}
