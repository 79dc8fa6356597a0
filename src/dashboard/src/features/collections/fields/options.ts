/** How one option of a field is edited. `nullable`: an empty input means that there is no limit. */
export interface FieldOption {
  name: OptionName;
  input: 'number' | 'text' | 'switch' | 'list' | 'values' | 'collection' | 'bytes';
  nullable?: boolean;
  min?: number;
  placeholder?: string;
}

export type OptionName =
  | 'min'
  | 'max'
  | 'pattern'
  | 'autogeneratePattern'
  | 'maxSize'
  | 'convertURLs'
  | 'onlyInt'
  | 'onlyDomains'
  | 'exceptDomains'
  | 'onCreate'
  | 'onUpdate'
  | 'values'
  | 'maxSelect'
  | 'minSelect'
  | 'collectionId'
  | 'cascadeDelete'
  | 'mimeTypes'
  | 'thumbs'
  | 'protected'
  | 'keepLocation'
  | 'cost';

const date = '2026-01-31 00:00:00.000Z';
const domains: FieldOption[] = [
  { name: 'onlyDomains', input: 'list', placeholder: 'example.com' },
  { name: 'exceptDomains', input: 'list', placeholder: 'example.com' },
];

/** The options of each type of field beyond those that all have. */
export const optionsOf: Record<string, FieldOption[]> = {
  text: [
    { name: 'min', input: 'number' },
    { name: 'max', input: 'number', placeholder: '5000' },
    { name: 'pattern', input: 'text', placeholder: '^[a-z0-9-]+$' },
    { name: 'autogeneratePattern', input: 'text', placeholder: '[a-z0-9]{15}' },
  ],
  editor: [
    { name: 'maxSize', input: 'bytes', placeholder: '5242880' },
    { name: 'convertURLs', input: 'switch' },
  ],
  number: [
    { name: 'min', input: 'number', nullable: true, min: -Number.MAX_VALUE },
    { name: 'max', input: 'number', nullable: true, min: -Number.MAX_VALUE },
    { name: 'onlyInt', input: 'switch' },
  ],
  email: domains,
  url: domains,
  date: [
    { name: 'min', input: 'text', placeholder: date },
    { name: 'max', input: 'text', placeholder: date },
  ],
  autodate: [
    { name: 'onCreate', input: 'switch' },
    { name: 'onUpdate', input: 'switch' },
  ],
  select: [
    { name: 'values', input: 'values' },
    { name: 'maxSelect', input: 'number', min: 1 },
  ],
  relation: [
    { name: 'collectionId', input: 'collection' },
    { name: 'maxSelect', input: 'number', min: 1 },
    { name: 'minSelect', input: 'number' },
    { name: 'cascadeDelete', input: 'switch' },
  ],
  file: [
    { name: 'maxSelect', input: 'number', min: 1 },
    { name: 'maxSize', input: 'bytes', placeholder: '5242880' },
    { name: 'mimeTypes', input: 'list', placeholder: 'image/png' },
    { name: 'thumbs', input: 'list', placeholder: '320x240' },
    { name: 'protected', input: 'switch' },
    { name: 'keepLocation', input: 'switch' },
  ],
  json: [{ name: 'maxSize', input: 'bytes', placeholder: '1048576' }],
  password: [
    { name: 'min', input: 'number' },
    { name: 'max', input: 'number', placeholder: '71' },
    { name: 'pattern', input: 'text' },
    { name: 'cost', input: 'number', placeholder: '10' },
  ],
};
