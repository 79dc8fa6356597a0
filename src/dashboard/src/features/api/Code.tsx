import { javascript } from '@codemirror/lang-javascript';
import { json } from '@codemirror/lang-json';
import { CodeEditor } from '~/ui/CodeEditor';

const languages = { json: json(), code: javascript(), plain: [] };

/** Code to read, with its words in colour. */
export default function Code({ value, label, as }: { value: string; label: string; as: keyof typeof languages }) {
  return <CodeEditor value={value} label={label} extensions={languages[as]} readOnly maxHeight={560} />;
}
