import type { SameKeys } from '~/i18n/shape';
import type en from './en';

const de: SameKeys<typeof en> = { title: 'Willkommen' };

export default de;
