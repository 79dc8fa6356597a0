/** A rule as the server understands it (`POST /api/rules/check`). */
export type RuleNode = RuleGroup | RuleComparison;

/** Conditions that must all hold (`and`), or of which one must (`or`). */
export interface RuleGroup {
  op: 'and' | 'or';
  parts: RuleNode[];
}

/** Two sides and how they are compared; `any`: one of several values is enough. */
export interface RuleComparison {
  op: '=' | '!=' | '>' | '>=' | '<' | '<=' | '~' | '!~';
  any: boolean;
  left: RuleOperand;
  right: RuleOperand;
}

/** One side of a comparison. */
export type RuleOperand =
  | ({ kind: 'field' | 'collection'; path: string; collection?: string; via?: string[] } & Described)
  | ({ kind: 'caller' | 'request'; path: string } & Described)
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'bool'; value: boolean }
  | { kind: 'null'; value: null }
  | { kind: 'now'; name: string }
  | { kind: 'function'; name: string; args: RuleOperand[] };

interface Described {
  type?: string;
  target?: string;
  modifier?: string;
  many?: boolean;
}

/** Whether a part of a rule combines others. */
export const isGroup = (node: RuleNode): node is RuleGroup => node.op === 'and' || node.op === 'or';

/** A mistake, and where: offsets in the text. */
export interface RuleMistake {
  message: string;
  start: number;
  end: number;
}

/** The answer of `POST /api/rules/check`. An empty rule has no tree. */
export type RuleCheck = { valid: true; tree: RuleNode | null } | { valid: false; error: RuleMistake };

/** What a rule decides about. */
export type RuleAction = 'list' | 'view' | 'create' | 'update' | 'delete' | 'manage' | 'auth' | 'mfa' | 'filter';
