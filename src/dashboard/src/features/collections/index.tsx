export { EditCollectionPage } from './edit/EditCollectionPage';
export { NewCollectionPage } from './edit/NewCollectionPage';
export { CollectionsPage } from './list/CollectionsPage';
