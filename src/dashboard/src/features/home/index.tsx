export { HomePage } from './HomePage';
export { NotFoundPage } from './NotFoundPage';
