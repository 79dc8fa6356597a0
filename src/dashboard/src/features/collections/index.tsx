import { SchemaLock } from '~/ui/SchemaLock';
import { EditCollectionPage as Edit } from './edit/EditCollectionPage';
import { NewCollectionPage as New } from './edit/NewCollectionPage';

export { CollectionsPage } from './list/CollectionsPage';

/** The definition of a collection, unless such pages are hidden in the settings. */
export const EditCollectionPage = () => (
  <SchemaLock>
    <Edit />
  </SchemaLock>
);

/** A new collection, unless such pages are hidden in the settings. */
export const NewCollectionPage = () => (
  <SchemaLock>
    <New />
  </SchemaLock>
);
