import { json } from '@codemirror/lang-json';
import { CodeEditor } from '~/ui/CodeEditor';

const language = json();

/** The JSON that is sent. */
export default function Body({ value, label, onChange }: { value: string; label: string; onChange: (value: string) => void }) {
  return <CodeEditor value={value} label={label} onChange={onChange} extensions={language} minHeight={120} maxHeight={320} />;
}
