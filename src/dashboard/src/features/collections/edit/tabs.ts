import type { CollectionModel } from 'pocketbase';
import type { RuleOwner } from '~/api/rules';
import type { Draft } from '../model/draft';

/** Changes the draft; a function gets what it is then. */
export type ChangeDraft = (change: Partial<Draft> | ((before: Draft) => Draft)) => void;

/** What every part of the editor gets. */
export interface TabProps {
  draft: Draft;
  onChange: ChangeDraft;
  /** The server's messages below a path, by what follows it. */
  errorsAt: (path: string) => Record<string, string>;
}

/** What parts with rules get besides. */
export interface RuleTabProps extends TabProps {
  /** Whose rules they are, for the server's check. */
  owner: RuleOwner;
  /** The draft as completion wants it. */
  collection: CollectionModel;
}
